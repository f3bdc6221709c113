/** The three supported databases; MariaDB counts as MySQL. */
export type DialectName = "postgresql" | "mysql" | "sqlite";
