import type { DialectName } from "../../sql/dialect_name.ts";
import { type Check, success } from "../check.ts";

const COMMANDS: Readonly<Record<DialectName, string>> = {
  postgresql: "pg_dump --format=custom --file=mistral.dump DATABASE",
  mysql: "mysqldump --single-transaction --result-file=mistral.sql DATABASE",
  sqlite: 'sqlite3 FILE ".backup mistral.sqlite"',
};

/** How to make a backup. Whether there is one, nobody can tell from here. */
export const backup: Check = {
  name: "backup",
  title: "Backup",
  reason: "Some migrations drop columns and tables; only a backup brings their rows back.",
  examine({ database, prospect, schema }) {
    const isPending = "plan" in prospect && prospect.plan.migrations.length > 0;
    if (!isPending || schema.tables.size === 0) return null;
    return success(`Make one before the upgrade: ${COMMANDS[database.server.rules.dialect]}`);
  },
};
