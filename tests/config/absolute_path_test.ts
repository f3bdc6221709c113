/** Paths from the root, against Node's. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { absolutePath } from "../../lib/config/absolute_path.ts";

const PATHS = [
  ...["", "a", "./a", "../a", ".", "..", "~x", "a/b/", "a\\b", "a|b:c", "a b/%2e%2e/ü?#"],
  ...["/", "/..", "//a//b/", "/a/b/../c", "/a/./b/", "/C|/x", "/C:/x", "/a/../../b/.."],
];

Deno.test("an absolute path is Node's", () => {
  for (const path of PATHS) assert.equal(absolutePath(path), resolve(path), path);
});
