/**
 * How MySQL and MariaDB tell which tables there are.
 *
 * @module
 */

/** The names of all tables. */
export const TABLES = `
  SELECT table_name AS table_name
  FROM information_schema.tables
  WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
  ORDER BY table_name`;
