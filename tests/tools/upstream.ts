/**
 * The real tool, as Debian's python3-mistral has it; never installed by the tests.
 *
 * @module
 */
import type { TestDatabase } from "./databases.ts";

const PYTHON = "/usr/bin/python3";

const FIND = `import importlib.util as util
found = [util.find_spec(name) for name in ("mistral", "pymysql", "psycopg2")]
raise SystemExit(0 if all(found) else 1)`;

const MAIN = `import sys
sys.argv[0] = "mistral-db-manage"
from mistral.db.sqlalchemy.migration.cli import main
main()`;

const python = (args: readonly string[]) =>
  new Deno.Command(PYTHON, { args: [...args], stdin: "null" }).output();

/** Fails where the real tool cannot be run. */
export async function findUpstream(): Promise<void> {
  const found = await python(["-c", FIND]).then(({ success }) => success, () => false);
  if (!found) throw new Error("python3-mistral is not installed");
}

const DRIVERS: Readonly<Record<string, string>> = {
  "postgresql:": "postgresql+psycopg2:",
  "mysql:": "mysql+pymysql:",
};

/** Runs the real tool on a database; gives what it printed on stdout, throws when it failed. */
export async function upstream({ url }: TestDatabase, ...args: readonly string[]): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".conf" });
  try {
    const connection = url.replace(/^\w+:/, (scheme) => DRIVERS[scheme]!);
    await Deno.writeTextFile(file, `[database]\nconnection = ${connection}\n`);
    const { success, stdout, stderr } = await python(["-c", MAIN, "--config-file", file, ...args]);
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    if (!success) throw new Error(`mistral-db-manage ${args.join(" ")}: ${out}${err}`);
    return out!;
  } finally {
    await Deno.remove(file);
  }
}
