import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";

const EVE = "eve_of_strangers";
const OWNER = "owner_of_strangers";

async function executeAll(connection: Database, texts: readonly string[]): Promise<void> {
  for (const text of texts) await connection.execute(raw(text));
}

const role = (name: string) => [
  `do $$ begin create role ${name}; exception when duplicate_object then null; end $$`,
  `alter role ${name} nosuperuser`,
  `grant create, usage on schema public to ${name}`,
];

const EVIL = `create function public.eves_code() returns trigger language plpgsql as $$ begin
  begin execute 'alter role ${EVE} superuser'; exception when others then null; end;
  return new;
end $$`;

const EVILS_VALUE = `create function public.eves_value() returns text language plpgsql as $$ begin
  begin execute 'alter role ${EVE} superuser'; exception when others then null; end;
  return 'x';
end $$`;

const VERSIONS = "create table alembic_version (version_num varchar(32) not null primary key)";

/** What Eve does to an empty database. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  "a table": [VERSIONS],
  "a table with a trigger": [
    VERSIONS,
    EVIL,
    "create trigger t before insert on alembic_version for each row execute procedure eves_code()",
  ],
  "a table with a default": [
    EVILS_VALUE,
    "create table alembic_version (version_num varchar(32), more text default eves_value())",
  ],
  "a table with a rule": [
    VERSIONS,
    EVILS_VALUE,
    "create rule r as on insert to alembic_version do also select eves_value()",
  ],
  "a view": ["create view alembic_version as select '045'::varchar(32) as version_num"],
  "one of Mistral's tables": ["create table workbooks_v2 (id varchar(36))"],
  "the account of runs": ["create table mistral_db_manage_history (run text)"],
};

const COMMANDS = [
  ...["upgrade head", "upgrade +1", "stamp head", "adopt --apply 045", "populate"],
];

async function isSuper(connection: Database): Promise<boolean> {
  const [row] = await connection.query(
    raw(`select rolsuper from pg_roles where rolname = '${EVE}'`),
  );
  return row!.rolsuper === true;
}

async function runOn(database: TestDatabase, command: string) {
  return await runHere(["--connection", database.url, ...command.split(" ")]);
}

for (const [name, texts] of Object.entries(PLANTED)) {
  databaseTest(`a stranger has planted ${name}`, async (_, database) => {
    await using admin = await database.connect();
    await executeAll(admin, role(EVE));
    await executeAll(admin, [`set role ${EVE}`, ...texts, "reset role"]);
    for (const command of COMMANDS) {
      const { exit, stderr } = await runOn(database, command);
      assert.equal(exit === 0, false, `${command}: ${stderr}`);
      assert.equal(await isSuper(admin), false);
    }
    const { stderr } = await runOn(database, "upgrade head");
    assert.match(stderr, new RegExp(`belongs to role "${EVE}"`));
    const { exit, stdout } = await runOn(database, "doctor");
    assert.equal(exit, 2);
    assert.match(stdout.replaceAll(/[\s|]+/g, " "), new RegExp(EVE));
    await executeAll(admin, [`drop owned by ${EVE}`]);
  }, { dialects: ["postgresql"] });
}

/** What Eve adds to tables of Mistral, on which she has the rights to do so. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  "a trigger": [
    "grant trigger on alembic_version to EVE",
    "set role EVE",
    EVIL,
    "create trigger t before update on alembic_version for each row execute procedure eves_code()",
  ],
  "a default": [
    "set role EVE",
    EVILS_VALUE,
    "reset role",
    "alter table workbooks_v2 alter column name set default public.eves_value()",
  ],
  "a constraint": [
    "set role EVE",
    EVILS_VALUE,
    "reset role",
    "alter table workbooks_v2 add constraint c check (public.eves_value() is not null)",
  ],
  "a table that inherits": [
    "create table heir () inherits (workbooks_v2)",
    "alter table heir owner to EVE",
  ],
};

databaseTest("a stranger's code on Mistral's tables", async (t, database) => {
  await using admin = await database.connect();
  await executeAll(admin, role(EVE));
  await runOn(database, "upgrade 019");
  for (const [name, texts] of Object.entries(ADDED)) {
    await t.step(name, async () => {
      await executeAll(admin, texts.map((text) => text.replaceAll("EVE", EVE)));
      await executeAll(admin, ["reset role"]);
      for (const command of ["upgrade head", "stamp 020", "adopt --apply 020"]) {
        const { exit, stderr } = await runOn(database, command);
        assert.equal(exit, 1, `${command}: ${stderr}`);
        assert.match(stderr, new RegExp(`belongs to role "${EVE}"`));
      }
      assert.equal((await runOn(database, "doctor")).exit, 2);
      assert.equal(await isSuper(admin), false);
      await executeAll(admin, [`drop owned by ${EVE} cascade`]);
      await executeAll(admin, role(EVE));
    });
  }
  assert.equal((await runOn(database, "upgrade head")).exit, 0);
  await executeAll(admin, [`drop owned by ${EVE}`]);
}, { dialects: ["postgresql"] });

databaseTest("an administrator upgrades what belongs to Mistral's role", async (_, database) => {
  await using admin = await database.connect();
  await executeAll(admin, role(OWNER));
  assert.equal((await runOn(database, "upgrade 019")).exit, 0);
  await executeAll(admin, [
    `do $$ declare one record; begin
  for one in select relname from pg_class where relkind = 'r'
    and relnamespace = 'public'::regnamespace loop
    execute format('alter table %I owner to ${OWNER}', one.relname);
  end loop;
end $$`,
  ]);
  for (const command of ["upgrade 044", "upgrade head", "populate", "stamp head"]) {
    const { exit, stderr } = await runOn(database, command);
    assert.equal(exit, 0, `${command}: ${stderr}`);
  }
  await executeAll(admin, [`drop owned by ${OWNER} cascade`]);
}, { dialects: ["postgresql"] });
