import assert from "node:assert/strict";
import { settingOf } from "../../lib/config/configuration.ts";
import { parseIni } from "../../lib/config/ini.ts";
import type { OptionKey } from "../../lib/config/options.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { OperatorError } from "../../lib/errors.ts";
import reference from "../fixtures/config/oslo-config-cases.json" with { type: "json" };

/** What the reference says of one text. */
interface Case {
  readonly text: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Our names of the options of the reference. */
const KEYS: Readonly<Record<string, OptionKey>> = {
  "database.connection": "connection",
  "database.max_retries": "maxRetries",
  "DEFAULT.debug": "debug",
};

/** Our words for what the reference implementation says of a broken line. */
const PROBLEMS: Readonly<Record<string, RegExp>> = {
  "No ':' or '=' found in assignment: 'connection'": /no "=" or ":" found in the assignment$/,
  "Invalid section (must end with ]): '[database'": /a section must end with a bracket/,
  "No ':' or '=' found in assignment: '\\ufeff[database]'": /begins with a byte order mark/,
  "Unexpected continuation line: '  b'": /unexpected continuation line/,
};

/** What we read, with secrets in the open. */
function valueOf(files: Parameters<typeof settingOf>[0]["files"], key: OptionKey): unknown {
  const { value } = settingOf({ overrides: {}, environment: new Map(), files }, key);
  return value instanceof Secret ? value.reveal() : value;
}

/**
 * Checks one value, or one refusal of a value: the message names what the reference's names, unless it
 * may be a piece of a password.
 */
function checkValue(file: string, text: string, name: string, wanted: unknown): void {
  const read = () => valueOf([parseIni(text, file)], KEYS[name]!);
  if (!isRefusal(wanted)) return assert.equal(read(), wanted, name);
  const fact = /no such option (\w+)|: '(\w+)'$/.exec(wanted.message)!.slice(1).find(Boolean)!;
  assert.throws(read, (error: Error) => {
    assert.ok(error instanceof OperatorError);
    const named = KEYS[name] === "connection" ? 'something with a "\\$"' : fact;
    assert.match(error.message, new RegExp(`^Cannot use ${file}:\\d+: \\[database\\] .*${named}`));
    assert.equal(error.message.includes(fact), named === fact);
    return true;
  });
}

/** Whether the reference implementation refuses a value. */
function isRefusal(wanted: unknown): wanted is { readonly message: string } {
  return typeof wanted === "object" && wanted !== null;
}

/** Checks that a text is refused at the line that the reference names, for the same reason. */
function checkRefused(file: string, text: string, message: string): void {
  const [, line, problem] = /^Failed to parse .*: at .*\.conf:(\d+), (.*)$/s.exec(message)!;
  assert.throws(() => parseIni(text, file), (error: Error) => {
    assert.ok(error instanceof OperatorError);
    assert.ok(error.message.startsWith(`Cannot read ${file}:${line}: `), error.message);
    assert.match(error.message, PROBLEMS[problem!]!);
    return true;
  });
}

Deno.test("files are read as oslo.config reads them", async (t) => {
  for (const [name, example] of Object.entries<Case>(reference.cases)) {
    await t.step(name, () => {
      if (example.result === undefined) {
        return checkRefused(`${name}.conf`, example.text, example.message!);
      }
      for (const [option, wanted] of Object.entries(example.result)) {
        checkValue(`${name}.conf`, example.text, option, wanted);
      }
    });
  }
});
