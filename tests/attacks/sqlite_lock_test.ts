/** Other files in the place of the lock of an SQLite database. */
import assert from "node:assert/strict";
import { operatingSystemUser } from "../../lib/servers/connecting/user.ts";
import { runHere } from "../tools/in_process.ts";

async function withDatabase(act: (path: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    await act(`${directory}/db.sqlite`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const upgrade = (path: string) =>
  runHere(["--connection", `sqlite:///${path}`, "upgrade", "001", "--lock-timeout", "0"]);

const PLACED:
  readonly (readonly [string, (precious: string, lock: string) => Promise<void>, RegExp])[] = [
    ["a link", (precious, lock) => Deno.symlink(precious, lock), /is a link or no regular file/],
    [
      "another name of a file",
      (precious, lock) => Deno.link(precious, lock),
      /is a link or no regular/,
    ],
    [
      "a file with other contents",
      (precious, lock) => Deno.copyFile(precious, lock),
      /\.lock is no lock of this program; move it away/,
    ],
  ];

for (const [what, put, message] of PLACED) {
  Deno.test(`${what} is not taken for the lock, and keeps what is in it`, () =>
    withDatabase(async (path) => {
      const precious = `${path}.precious`;
      await Deno.writeTextFile(precious, "kept");
      await put(precious, `${path}.lock`);
      const { exit, stderr } = await upgrade(path);
      assert.equal(exit, 1);
      assert.match(stderr, message);
      assert.equal(await Deno.readTextFile(precious), "kept");
      assert.equal(await Deno.readTextFile(`${path}.lock`), "kept");
    }));
}

Deno.test("what a killed run has left is taken over, and removed", () =>
  withDatabase(async (path) => {
    await Deno.writeTextFile(`${path}.lock`, "process 1, since 2026-01-01 00:00:00 UTC");
    assert.equal((await upgrade(path)).exit, 0);
    await assert.rejects(Deno.stat(`${path}.lock`), Deno.errors.NotFound);
  }));

Deno.test("a user without a name is told to name one in the URL", () => {
  const look = () => {
    throw new Deno.errors.NotFound("Failed to get user info");
  };
  assert.throws(() => operatingSystemUser(look), {
    name: "OperatorError",
    message: /it names no user, and local user with ID \d+ does not exist; name a user in the URL$/,
  });
});
