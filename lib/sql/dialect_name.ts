/** The three supported databases; MariaDB counts as MySQL. */
export const DIALECT_NAMES = ["postgresql", "mysql", "sqlite"] as const;

/** One of them. */
export type DialectName = typeof DIALECT_NAMES[number];
