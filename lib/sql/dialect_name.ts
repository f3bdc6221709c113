/** The three supported databases; MariaDB counts as MySQL. */
export type DialectName = "postgresql" | "mysql" | "sqlite";

const names: Readonly<Record<DialectName, true>> = { postgresql: true, mysql: true, sqlite: true };

/** All of them. */
export const DIALECT_NAMES = Object.keys(names) as readonly DialectName[];
