import assert from "node:assert/strict";
import { parseIni } from "../../lib/config/ini.ts";

/** The assignments as plain tuples. */
function parsed(text: string): unknown {
  return parseIni(text, "f").map((
    { group, name, value, origin },
  ) => [group, name, value.reveal(), origin]);
}

Deno.test("an assignment knows its line, whatever ends the lines", () => {
  const wanted = [["a", "x", "1\n2", "f:2"], ["DEFAULT", "y", "3", "f:6"]];
  for (const end of ["\n", "\r\n", "\r"]) {
    assert.deepEqual(parsed(["[A]", "x=1", "  2", "", "[DEFAULT]", "y=3"].join(end)), wanted);
  }
});

Deno.test("quotes are taken away in pairs of one kind, and on the first line only", () => {
  const values = [`"a"`, `'a'`, `"a'`, `"`, `""`, `"a" b`, `'a"b'`].map((text) => `x=${text}`);
  assert.deepEqual(
    parseIni(`[g]\n${values.join("\n")}\nx="a\n b"`, "f").map(({ value }) => value.reveal()),
    ["a", "a", `"a'`, "", "", `"a" b`, `a"b`, `"a\nb"`],
  );
});

Deno.test("a broken line is named and not shown", () => {
  const broken = [
    ["[g]\nhunter2\n", 'f:2: no "=" or ":" found in the assignment'],
    ["[g]\n= hunter2\n", 'f:2: the name before the "=" or ":" is empty'],
    ["x = hunter2\n[g]\n", 'f:1: no section before the assignment, as in "[database]"'],
    ["[]\nx = hunter2\n", "f:1: the name of the section is empty"],
    [
      "[hunter2] ; c\n",
      "f:1: a section must end with a bracket; nothing may follow it on the line",
    ],
    [
      "[g]\nx = a\n# c\n  hunter2",
      "f:4: unexpected continuation line; remove the indentation, or the blank line or comment " +
      "before it",
    ],
  ] as const;
  for (const [text, message] of broken) {
    assert.throws(() => parseIni(text, "f"), { message: `Cannot read ${message}`, exitCode: 1 });
  }
});

Deno.test("values do not show when assignments are inspected", () => {
  const assignments = parseIni("[database]\nconnection = mysql://u:hunter2@h/db\n", "f");
  assert.doesNotMatch(Deno.inspect(assignments) + JSON.stringify(assignments), /hunter2/);
});
