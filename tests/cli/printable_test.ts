/** Names from a database that begin new lines or speak to a terminal. */
import assert from "node:assert/strict";
import { logTo, plainLine } from "../../lib/cli/output/log.ts";
import { inOneLine, printable } from "../../lib/text/printable.ts";
import { addColumn, dropColumn } from "../../lib/operations/vocabulary.ts";
import { column, integer } from "../../lib/operations/columns.ts";
import { revisionSource, siteImports } from "../../lib/site/render.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { place } from "../tools/program.ts";

const NASTY = "a\nb\r\u001b[2J\u009b\u2028\u2029\u0000";

Deno.test("control characters are shown, not obeyed", () => {
  assert.equal(inOneLine(NASTY), "a\\nb\\r\\x1b[2J\\x9b\\u2028\\u2029\\x00");
  assert.equal(printable("two\nlines\u001b"), "two\n  lines\\x1b");
  const lines: string[] = [];
  logTo([(record) => lines.push(plainLine(record))], { debug: false }).info(NASTY);
  assert.deepEqual(lines, [
    "INFO  [mistral-db-manage] a\n  b\\r\\x1b[2J\\x9b\\u2028\\u2029\\x00\n",
  ]);
});

Deno.test("a name cannot put code into the file of a revision", () => {
  for (const end of ["\n", "\r", "\u2028", "\u2029"]) {
    const name = `x${end}globalThis.attacked = true; //`;
    const operation = addColumn("t", column(name, integer));
    const remark = `It looks as if "${name}" was renamed.`;
    const source = revisionSource({
      id: "x",
      down: null,
      message: `about */ ${name}`,
      created: "2026-01-01T00:00:00Z",
      upgrade: [{ operation, remark }, { operation: dropColumn("t", name), remark: null }],
    }, siteImports);
    const code = source.split(/[\n\r\u2028\u2029]/)
      .filter((line) => line.trimStart().startsWith("globalThis"));
    assert.deepEqual(code, []);
    const comment = source.slice(0, source.indexOf("export default"));
    assert.equal(comment.match(/\*\//g)!.length, 1);
  }
});

databaseTest("a revision of another program is shown in one line", async (_t, database) => {
  await using connection = await database.connect();
  await using at = await place();
  await connection.execute(raw("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"));
  await connection.execute({
    parts: ["INSERT INTO alembic_version VALUES (", ")"],
    values: ["x\u001b[2Jy\rz"],
  });
  const { stdout, stderr, exit } = await at.run('mistral-db-manage --connection "$URL" current', {
    URL: database.url,
  });
  // deno-lint-ignore no-control-regex -- these must not be there
  assert.doesNotMatch(stdout + stderr, /[\x00-\x09\x0b-\x1f]/);
  assert.match(stderr, /x\\x1b\[2Jy\\rz/);
  assert.equal(exit, 255);
});
