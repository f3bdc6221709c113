import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import {
  boolean,
  column,
  datetime,
  integer,
  longText,
  string,
  text,
} from "../../lib/operations/columns.ts";
import { createTable } from "../../lib/operations/vocabulary.ts";
import { diff } from "../../lib/schema/diff/mod.ts";
import type { Default } from "../../lib/schema/schema.ts";
import type { ColumnType } from "../../lib/schema/types.ts";
import { databaseTest } from "../tools/databases.ts";
import { folded, make } from "../tools/operations.ts";

type Row = readonly [ColumnType, Default, Default | null];

const now = { sql: "CURRENT_TIMESTAMP" };

/** What is written, and the one form that it comes to. */
const STORED: readonly Row[] = [
  [integer, { literal: "7" }, { literal: 7 }],
  [integer, { sql: "7" }, { literal: 7 }],
  [integer, { sql: "'7'::integer" }, { literal: 7 }],
  [integer, { sql: "(-7)" }, { literal: -7 }],
  [integer, { literal: true }, { literal: 1 }],
  [integer, { sql: "NULL" }, null],
  [integer, { sql: "NULL::integer" }, null],
  [integer, { sql: "(3 + 4)" }, { sql: "3 + 4" }],
  [integer, { sql: "(3) + (4)" }, { sql: "(3) + (4)" }],
  [boolean, { literal: "1" }, { literal: true }],
  [boolean, { sql: "false" }, { literal: false }],
  [boolean, { literal: 0 }, { literal: false }],
  [string(9), { literal: 7 }, { literal: "7" }],
  [string(9), { sql: "'it''s'::character varying" }, { literal: "it's" }],
  [string(9), { sql: "'(a'" }, { literal: "(a" }],
  [string(9), { literal: "now()" }, { literal: "now()" }],
  [text, { sql: "''" }, { literal: "" }],
  [text, { sql: "'a' || 'b'" }, { sql: "'a' || 'b'" }],
  [datetime, { sql: "now()" }, now],
  [datetime, { sql: "current_timestamp()" }, now],
  [datetime, { sql: "(CURRENT_TIMESTAMP)" }, now],
  [datetime, { sql: "'2020-01-01 00:00:00'::timestamp without time zone" }, {
    literal: "2020-01-01 00:00:00",
  }],
];

for (const server of Object.values(dialects)) {
  Deno.test(`defaults come to one form, however they are written (${server.rules.dialect})`, () => {
    for (const [type, written, stored] of STORED) {
      assert.deepEqual(server.rules.storedDefault(written, type), stored, JSON.stringify(written));
    }
  });
}

const TEXTS = [
  "",
  "x",
  "it's",
  "a  b",
  "(a)",
  "NULL",
  "now()",
  "1",
  "true",
  "ü 日本",
  "100%",
  "a\nb",
];

databaseTest("servers keep every default as the fold says", async (_t, database) => {
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  const columns = [
    ...TEXTS.map((value, index) => column(`s${index}`, string(20), { default: value })),
    ...TEXTS.map((value, index) =>
      column(`t${index}`, index % 2 ? text : longText, { default: value })
    ),
    column("backslash", string(20), { default: "a\\b" }),
    column("long_backslash", text, { default: "a\\'b" }),
    column("zero", integer, { default: 0 }),
    column("negative", integer, { default: -1 }),
    column("yes", boolean, { default: true }),
    column("no", boolean, { default: false }),
    column("at", datetime, { default: "2020-01-01 00:00:00" }),
    column("now", datetime, { default: { sql: "now()" } }),
    column("sum", integer, { default: { sql: "(3 + 4)" } }),
  ];
  const declared = folded([createTable("t", { columns })], server);
  await make(connection, [createTable("t", { columns })]);
  assert.deepEqual(
    diff(await server.catalog.introspect(connection), declared).flatMap((change) =>
      change.kind === "alter" && change.item.name !== "sum" ? [change.item] : []
    ),
    [],
  );
});

databaseTest("a server tells whether two defaults are the same", async (_t, database) => {
  await using connection = await database.connect();
  const server = dialects[database.dialect];
  const ask = async (left: Default, right: Default, type: ColumnType) => {
    const [row] = await connection.query(server.catalog.sameDefault(left, right, type));
    return Number(row!.same) === 1;
  };
  assert.equal(await ask({ literal: 10 }, { sql: "5 + 5" }, integer), true);
  assert.equal(await ask({ literal: 10 }, { sql: "5 + 6" }, integer), false);
  assert.equal(await ask({ literal: "ABC" }, { sql: "lower('ABC')" }, string(9)), false);
  assert.equal(await ask({ literal: "abc" }, { sql: "lower('ABC')" }, string(9)), true);
  assert.equal(await ask({ literal: "x" }, now, string(40)), false);
  assert.equal(await ask({ literal: "2020-01-01 00:00:00" }, now, datetime), false);
  if (database.dialect === "sqlite") return;
  assert.equal(
    await ask({ literal: "2020-01-01" }, { literal: "2020-01-01 00:00:00" }, datetime),
    true,
  );
});
