/** Who may change a path: owners, groups, parents, links and sticky directories. */
import assert from "node:assert/strict";
import { isSkipped, otherUsers } from "../tools/needs.ts";
import { strangerWhoMayChange, trustOf } from "../../lib/files/trust.ts";

const ignore = await isSkipped("files of other users", otherUsers);

/** Does something in a directory of its own, with `a/b/file` in it. */
function withFile(act: (directory: string) => void): void {
  const directory = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "mistral-db-test-" }));
  try {
    Deno.mkdirSync(`${directory}/a/b`, { recursive: true });
    Deno.writeTextFileSync(`${directory}/a/b/file`, "");
    act(directory);
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

const MODES: readonly (readonly [path: string, mode: number, who: RegExp | null])[] = [
  ["a/b/file", 0o644, null],
  ["a/b/file", 0o666, /^everybody$/],
  ["a/b/file", 0o664, /^group \d+, which may write to it$/],
  ["a/b", 0o777, /^everybody, as all may write to \S+\/a\/b$/],
  ["a/b", 0o775, /^group \d+, which may write to \S+\/a\/b$/],
  ["a", 0o777, /^everybody, as all may write to \S+\/a$/],
  ["a", 0o2775, /^group \d+, which may write to \S+\/a$/],
  ["a", 0o1777, null],
  ["a/b", 0o1775, null],
];

for (const [path, mode, who] of MODES) {
  Deno.test(`${path} with the mode ${mode.toString(8)}`, () =>
    withFile((directory) => {
      Deno.chmodSync(`${directory}/${path}`, mode);
      const found = strangerWhoMayChange(`${directory}/a/b/file`);
      if (who === null) assert.equal(found, null);
      else assert.match(found ?? "nobody", who);
    }));
}

Deno.test("a sticky directory is not trusted with what is not there, nor as the path itself", () =>
  withFile((directory) => {
    Deno.chmodSync(`${directory}/a/b`, 0o1777);
    assert.equal(strangerWhoMayChange(`${directory}/a/b`), "everybody");
    const { info, exchanged } = trustOf(`${directory}/a/b/new`);
    assert.equal(info, null);
    assert.equal(exchanged, `everybody, as all may write to ${directory}/a/b`);
  }));

Deno.test("where a link leads counts, and where it stands", () =>
  withFile((directory) => {
    Deno.mkdirSync(`${directory}/c`);
    Deno.symlinkSync("../a/b", `${directory}/c/link`);
    assert.equal(trustOf(`${directory}/c/link/file`).path, `${directory}/a/b/file`);
    assert.equal(strangerWhoMayChange(`${directory}/c/link/file`), null);
    Deno.chmodSync(`${directory}/c`, 0o777);
    assert.match(strangerWhoMayChange(`${directory}/c/link/file`)!, /write to \S+\/c$/);
    Deno.chmodSync(`${directory}/c`, 0o755);
    Deno.chmodSync(`${directory}/a`, 0o777);
    assert.match(strangerWhoMayChange(`${directory}/c/link/file`)!, /write to \S+\/a$/);
  }));

Deno.test("two dots lead up from where a link has led, a circle of links to nothing", () =>
  withFile((directory) => {
    Deno.symlinkSync("a/b", `${directory}/link`);
    assert.equal(trustOf(`${directory}/link/../b/./file`).path, `${directory}/a/b/file`);
    Deno.symlinkSync("round", `${directory}/round`);
    assert.ok(trustOf(`${directory}/round/x`).info?.isSymlink);
    const missing = trustOf(`${directory}/none/of/these`);
    assert.deepEqual([missing.path, missing.info], [`${directory}/none/of/these`, null]);
  }));

Deno.test({
  name: "what belongs to another user is that user's, and so is what is below it",
  ignore,
  fn: () =>
    withFile((directory) => {
      const file = `${directory}/a/b/file`;
      Deno.chownSync(file, 4242, 4242);
      assert.equal(strangerWhoMayChange(file), "user 4242, to whom it belongs");
      Deno.chownSync(file, 0, 0);
      Deno.chownSync(`${directory}/a`, 4242, 4242);
      Deno.chmodSync(`${directory}/a`, 0o1755);
      assert.equal(
        strangerWhoMayChange(file),
        `user 4242, to whom ${directory}/a belongs`,
      );
    }),
});

Deno.test({
  name: "a link of another user is not trusted, though a sticky directory holds it",
  ignore,
  fn: () =>
    withFile((directory) => {
      Deno.chmodSync(directory, 0o1777);
      Deno.symlinkSync("a/b", `${directory}/link`);
      assert.equal(strangerWhoMayChange(`${directory}/link/file`), null);
      assert.ok(
        new Deno.Command("chown", { args: ["-h", "4242", `${directory}/link`] }).outputSync()
          .success,
      );
      const { link, exchanged } = trustOf(`${directory}/link/file`);
      assert.equal(link, `${directory}/link`);
      assert.equal(exchanged, `user 4242, to whom ${directory}/link belongs`);
    }),
});
