/** The three databases that the program speaks to; MariaDB counts as MySQL. */
export type DialectName = "postgresql" | "mysql" | "sqlite";
