/** Configuration and migrations that somebody else than root and the user may change. */
import assert from "node:assert/strict";
import { isSkipped, otherUsers } from "../tools/needs.ts";
import { run } from "../../lib/cli/mod.ts";
import { COMMANDS } from "../../lib/commands/table.ts";

const MARK = "stranger's code ran";

/** A migration that leaves a mark when it is run; the same text would be run only once in a process. */
const code = () =>
  `// ${crypto.randomUUID()}
Deno.env.set("MISTRAL_TEST_MARK", ${JSON.stringify(MARK)});
export default { id: "s1", down: "045", message: "", created: "2026-01-01T00:00:00Z", upgrade: [] };
`;

/** The paths of a test. */
interface Scene {
  readonly home: string;
  readonly config: string;
  readonly versions: string;
  readonly code: string;
}

/** Makes a home with a configuration that names a directory with a migration. */
async function withScene(act: (scene: Scene) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  const config = `${home}/.mistral/mistral.conf`;
  const versions = `${home}/sites/own/versions`;
  await Deno.mkdir(`${home}/.mistral`);
  await Deno.mkdir(versions, { recursive: true });
  await Deno.writeTextFile(config, `[mistral_db_manage]\nversions_path = ${versions}\n`);
  await Deno.writeTextFile(`${versions}/s1.js`, "");
  try {
    await act({ home, config, versions, code: `${versions}/s1.js` });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** Lists the heads with that home directory; tells whether the stranger's code ran. */
async function heads(
  { home, code: path }: Scene,
  words: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
) {
  let stderr = "";
  await Deno.writeTextFile(path, code());
  Deno.env.delete("MISTRAL_TEST_MARK");
  const exit = await run([...words, "heads"], {
    stdout: { columns: null, write: () => {} },
    stderr: { columns: null, write: (text) => void (stderr += text) },
    environment: new Map(Object.entries(variables)),
    home,
  }, COMMANDS);
  return { exit, stderr, ran: Deno.env.get("MISTRAL_TEST_MARK") === MARK };
}

const VERSIONS_ARE_FREE: readonly (readonly [string, (scene: Scene) => string, number])[] = [
  ["the migration is writable by all", ({ code }) => code, 0o666],
  ["the migration is writable by its group", ({ code }) => code, 0o664],
  ["its directory is writable by all", ({ versions }) => versions, 0o777],
  ["its directory is writable by its group", ({ versions }) => versions, 0o775],
  ["a directory above is writable by all", ({ home }) => `${home}/sites`, 0o777],
  ["a directory above is writable by its group", ({ home }) => `${home}/sites/own`, 0o770],
];

for (const [name, path, mode] of VERSIONS_ARE_FREE) {
  Deno.test(`where ${name}, code runs only if the command line names it`, () =>
    withScene(async (scene) => {
      await Deno.chmod(path(scene), mode);
      const found = await heads(scene);
      assert.deepEqual([found.exit, found.ran], [1, false]);
      assert.match(
        found.stderr,
        /Cannot load \S+s1\.js: .* can be changed by (everybody|group \d+)/,
      );
      const byVariable = { OS_MISTRAL_DB_MANAGE__VERSIONS_PATH: scene.versions };
      assert.equal((await heads(scene, [], byVariable)).ran, false);
      assert.equal((await heads(scene, ["--config-file", scene.config])).ran, false);
      const named = await heads(scene, ["--versions-path", scene.versions]);
      assert.deepEqual([named.exit, named.ran], [0, true]);
      assert.match(named.stderr, /WARNI.*s1\.js can be changed by/);
    }));
}

const CONFIG_IS_FREE: readonly (readonly [string, (scene: Scene) => string, number])[] = [
  ["the file is writable by all", ({ config }) => config, 0o666],
  ["the file is writable by its group", ({ config }) => config, 0o660],
  ["its directory is writable by its group", ({ home }) => `${home}/.mistral`, 0o775],
  ["the home directory is writable by all", ({ home }) => home, 0o777],
];

for (const [name, path, mode] of CONFIG_IS_FREE) {
  Deno.test(`where ${name}, it names no code and no file to be written`, () =>
    withScene(async (scene) => {
      await Deno.chmod(path(scene), mode);
      const found = await heads(scene);
      assert.deepEqual([found.exit, found.ran], [1, false]);
      assert.match(
        found.stderr,
        /Cannot use \S+mistral\.conf:2: it sets \[mistral_db_manage\] versions_path/,
      );
      for (const key of ["log_file", "log_dir"]) {
        await Deno.writeTextFile(scene.config, `[DEFAULT]\n${key} = ${scene.home}/sites\n`);
        const refused = await heads(scene);
        assert.match(
          refused.stderr,
          new RegExp(`it sets \\[DEFAULT\\] ${key}, but can be changed by`),
        );
      }
      await Deno.writeTextFile(scene.config, "[database]\nconnection = sqlite://\n");
      const read = await heads(scene);
      assert.equal(read.exit, 0);
      assert.match(read.stderr, /WARNI.*mistral\.conf can be changed by/);
    }));
}

Deno.test("a file or a directory that the command line names may name code, with a warning", () =>
  withScene(async (scene) => {
    await Deno.chmod(scene.config, 0o666);
    const words = [["--config-file", scene.config], ["--config-dir", `${scene.home}/.mistral`]];
    for (const named of words) {
      const found = await heads(scene, named);
      assert.deepEqual([found.exit, found.ran], [0, true]);
      assert.match(found.stderr, /WARNI.*mistral\.conf can be changed by everybody/);
    }
  }));

Deno.test("a link in a directory of everybody's does not lead to code", () =>
  withScene(async (scene) => {
    const { home, config, versions } = scene;
    await Deno.mkdir(`${home}/free`);
    await Deno.symlink(versions, `${home}/free/versions`);
    await Deno.chmod(`${home}/free`, 0o777);
    await Deno.writeTextFile(
      config,
      `[mistral_db_manage]\nversions_path = ${home}/free/versions\n`,
    );
    assert.equal((await heads(scene)).ran, false);
  }));

Deno.test("what belongs to the user alone runs without a word", () =>
  withScene(async (scene) => {
    assert.deepEqual(await heads(scene), { exit: 0, stderr: "", ran: true });
  }));

const ignore = await isSkipped("code of another user", otherUsers);

Deno.test({
  name: "another user's home directory, configuration and migrations are not run",
  ignore,
  fn: () =>
    withScene(async (scene) => {
      for (const path of [scene.code, scene.versions, scene.config, scene.home]) {
        await Deno.chown(path, 4242, 4242);
        const found = await heads(scene);
        assert.deepEqual([path, found.exit, found.ran], [path, 1, false]);
        assert.match(found.stderr, /can be changed by user 4242, to whom/);
        await Deno.chown(path, 0, 0);
      }
      assert.equal((await heads(scene)).ran, true);
    }),
});
