import assert from "node:assert/strict";
import layers from "./lint_layers.ts";

const PROJECT = new URL("../../", import.meta.url).pathname;

/** What is said about a module at a path. */
function problems(path: string, source: string): readonly string[] {
  return Deno.lint.runPlugin(layers, PROJECT + path, source)
    .map(({ id, message }) => `${id}: ${message}`);
}

const ALLOWED: readonly [string, string][] = [
  ["lib/engine/a.ts", 'import { b } from "./b.ts";'],
  ["lib/engine/a.ts", 'import { b } from "../servers/server.ts";'],
  ["lib/engine/a.ts", 'const help = "on MySQL: how many rows at a time";'],
  ["lib/engine/a.ts", "const help = `plan for MySQL, not ${name}`; // mysql"],
  ["lib/sql/dialect_name.ts", 'export const DIALECT_NAMES = ["mysql"];'],
  ["lib/servers/mysql/driver.ts", 'export const mysqlDriver = { names: ["mysql", "mariadb"] };'],
  ["tests/engine/a_test.ts", 'const mysql = "mysql";'],
  [
    "lib/servers/mysql/names.ts",
    'import { b } from "../names.ts"; import "../../schema/a.ts";',
  ],
  ["lib/schema/a.ts", 'import { OperatorError } from "../errors.ts";'],
  ["lib/servers/mysql/session.ts", 'import mysql from "mysql2";'],
  ["lib/servers/sqlite/session.ts", 'import { DatabaseSync } from "node:sqlite";'],
  ["lib/config/a.ts", 'import { join } from "node:path"; import { b } from "fastest-levenshtein";'],
  ["lib/commands/a.ts", 'import migrations from "../../migrations/mod.ts";'],
  ["lib/commands/a.ts", 'console.log("hello");'],
  ["cli.ts", "Deno.exit(1);"],
  ["tests/engine/a_test.ts", 'import "../../lib/engine/a.ts"; import postgres from "postgres";'],
  ["tests/tools/a.ts", "console.error(1); Deno.exit(1);"],
];

for (const [path, source] of ALLOWED) {
  Deno.test(`allowed in ${path}: ${source}`, () => assert.deepEqual(problems(path, source), []));
}

const REFUSED: readonly (readonly [string, string, string])[] = [
  [
    "lib/schema/a.ts",
    'import { sql } from "../sql/statement.ts";',
    "layers/imports: lib/schema comes before lib/sql and must not import from it",
  ],
  [
    "lib/servers/mysql/names.ts",
    'export * from "../../engine/lock.ts";',
    "layers/imports: lib/servers comes before lib/engine and must not import from it",
  ],
  [
    "lib/servers/a.ts",
    'export { b } from "../config/mod.ts";',
    "layers/imports: lib/servers comes before lib/config and must not import from it",
  ],
  [
    "lib/sql/a.ts",
    'const b = await import("../servers/mod.ts");',
    "layers/imports: lib/sql comes before lib/servers and must not import from it",
  ],
  [
    "lib/errors.ts",
    'import type { Statement } from "./sql/statement.ts";',
    "layers/imports: lib/ comes before lib/sql and must not import from it",
  ],
  [
    "lib/engine/a.ts",
    'import migrations from "../../migrations/mod.ts";',
    "layers/imports: only lib/api, lib/cli, lib/commands import from outside lib/",
  ],
  [
    "lib/engine/a.ts",
    'import client from "npm:postgres@3.4.9";',
    'layers/imports: only lib/servers imports "npm:postgres@3.4.9"',
  ],
  [
    "lib/engine/a.ts",
    'import client from "mysql2/promise";',
    'layers/imports: only lib/servers imports "mysql2/promise"',
  ],
  [
    "lib/commands/a.ts",
    'import { DatabaseSync } from "node:sqlite";',
    'layers/imports: only lib/servers imports "node:sqlite"',
  ],
  [
    "lib/engine/a.ts",
    'import a from "../utils/a.ts";',
    "layers/imports: lib/utils is not a known layer; add it to tests/tools/lint_layers.ts",
  ],
  [
    "lib/engine/a.ts",
    'console.log("hello");',
    "layers/output: only lib/cli and lib/commands print",
  ],
  ...[
    ['const isWide = server.name === "mysql";', "mysql"],
    ["const isWide = `sqlite` === name;", "sqlite"],
    ["const url = `sqlite:///${path}`;", "sqlite:///…"],
    ["const isUrl = /^mariadb:/.test(text);", "/^mariadb:/"],
    ["const wide = { postgresql: true };", "postgresql"],
    ["export function onPostgresql() {}", "onPostgresql"],
    ['import { node } from "../servers/mysql/galera/node.ts";', "../servers/mysql/galera/node.ts"],
  ].map(([source, text]) =>
    [
      "lib/engine/a.ts",
      source!,
      `layers/servers: only lib/servers knows "${text}"; ask the server for what it can do`,
    ] as const
  ),
  ["lib/commands/a.ts", "Deno.exit(1);", "layers/exit: only cli.ts exits"],
  ["lib/engine/a.ts", "process.exit(1);", "layers/exit: only cli.ts exits"],
];

for (const [path, source, expected] of REFUSED) {
  Deno.test(`refused in ${path}: ${source}`, () => {
    assert.deepEqual(problems(path, source), [expected]);
  });
}
