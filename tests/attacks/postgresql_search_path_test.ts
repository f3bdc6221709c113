import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";

const EVE = "eve_of_search_path";

/** What a program may spell without a schema, and a stranger may have for better types. */
const FUNCTIONS = [
  ...["json_agg", "to_jsonb", "unnest", "array_position", "current_setting", "format_type"],
  ...["pg_get_expr", "hashtext", "host", "to_char", "count", "max", "string_agg", "length"],
  ...["setval", "nextval", "strpos", "regexp_replace", "json_typeof", "json_array_elements"],
  ...["date_trunc", "pg_total_relation_size", "pg_relation_size", "pg_has_role", "timezone"],
  ...["has_schema_privilege", "pg_table_is_visible", "to_regclass", "quote_ident", "lower"],
];

const ONE = [
  ...["text", "varchar", "name", "bpchar", "json", "jsonb", "int2", "int4", "int8", "int2[]"],
  ...["name[]", "text[]", "oid", "timestamp", "timestamptz", "boolean", "regclass"],
];

const TWO = [
  ...["text, text", "varchar, text", "varchar, varchar", "name, name", "name, text", "text, int4"],
  ...["name[], name", "name, varchar", "text, timestamp", "regclass, int4", "text, int8"],
  ...["oid, text", "text, boolean", "timestamp, varchar"],
];

const OPERATORS = [
  ...["=", "<>", "<", ">", "<=", ">=", "~", "!~", "~~", "!~~", "||", "+", "-", "->", "->>"],
  ...["#>>", "&", "<<"],
];

const PAIRS = [
  ...["text, text", "varchar, varchar", "varchar, text", "text, varchar", "name, name"],
  ...["name, text", "name, varchar", "json, json", "jsonb, jsonb", "bpchar, bpchar"],
  ...["int8, int4", "int2, int4", "text, name", "boolean, boolean", "timestamp, timestamp"],
];

const BODY = `language plpgsql as $$ begin
  if current_user <> '${EVE}' then
    begin execute 'alter role ${EVE} superuser'; exception when others then null; end;
    begin execute 'insert into public.eves_marks values (current_user)'; exception when others then null; end;
  end if;
  return null;
end $$`;

/** Functions and operators of everybody's dreams: each gives its owner the rights of whoever uses it. */
function traps(): readonly string[] {
  const functions = FUNCTIONS.flatMap((name) =>
    [...ONE, ...TWO].map((types) =>
      `create function public.${name}(${types}) returns ${
        name.startsWith("has_") || name.startsWith("pg_table") ? "boolean" : "text"
      } ${BODY}`
    )
  );
  const operators = OPERATORS.flatMap((name, number) =>
    PAIRS.flatMap((types, pair) => {
      const [left, right] = types.split(", ");
      const called = `public.eve_${number}_${pair}`;
      const result = /^[|+&<-]+>*$|^#>>$/.test(name) && !["<", "<="].includes(name)
        ? "text"
        : "boolean";
      return [
        `create function ${called}(${types}) returns ${result} ${BODY}`,
        `create operator public.${name} (leftarg = ${left}, rightarg = ${right}, function = ${called})`,
      ];
    })
  );
  return [...functions, ...operators];
}

async function setTraps(connection: Database): Promise<void> {
  for (
    const text of [
      `do $$ begin create role ${EVE}; exception when duplicate_object then null; end $$`,
      `alter role ${EVE} nosuperuser`,
      `grant create, usage on schema public to ${EVE}`,
      "create table public.eves_marks (who name)",
      `grant all on public.eves_marks to public`,
      `set role ${EVE}`,
      traps().join("; "),
      "reset role",
    ]
  ) await connection.execute(raw(text));
}

async function isCaught(connection: Database): Promise<boolean> {
  await connection.execute(raw("set search_path = pg_catalog"));
  const [row] = await connection.query(raw(
    `select rolsuper or exists (select 1 from public.eves_marks) as caught
from pg_catalog.pg_roles where rolname operator(pg_catalog.=) '${EVE}'::pg_catalog.name`,
  ));
  return row!.caught === true;
}

/** Rows for migrations that look into what there is. */
const ROWS = [
  `insert into task_executions_v2 (id, name, spec) values ('1', 'a', '{"workflow": "w"}'),
  ('2', 'b', '["workflow"]'), ('3', 'c', '"workflow"')`,
  "insert into action_executions_v2 (id, name, workflow_name) values ('1', 'a', 'w')",
];

const COMMANDS: readonly string[] = [
  ...["current", "plan head", "doctor", "upgrade 001", "upgrade 019", "ROWS", "upgrade 022"],
  ...[
    "upgrade +1",
    "upgrade 029",
    "current --verbose",
    "upgrade 042",
    "upgrade 043",
    "upgrade 044",
  ],
  ...[
    "--use-journal upgrade head",
    "populate",
    "populate",
    "doctor",
    "verify",
    "check",
    "plan head",
  ],
  ...["history --applied", "adopt", "adopt --apply", "stamp 044", "stamp head", "schema"],
  "wait",
];

databaseTest("functions and operators of strangers do not run", async (t, database) => {
  await using admin = await database.connect();
  await setTraps(admin);
  for (const command of COMMANDS) {
    await t.step(command, async () => {
      if (command === "ROWS") {
        for (const text of ROWS) await admin.execute(raw(text));
      } else {
        await runHere(["--connection", database.url, ...command.split(" ")]);
      }
      assert.equal(await isCaught(admin), false);
    });
  }
  const [row] = await admin.query(raw("select version_num from public.alembic_version"));
  assert.equal(row!.version_num, "045");
  await admin.execute(raw(`drop owned by ${EVE}`));
  await admin.execute(raw(`drop role ${EVE}`));
}, { dialects: ["postgresql"] });
