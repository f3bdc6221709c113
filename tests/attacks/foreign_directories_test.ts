/**
 * Files that root writes into directories of somebody else, who puts something else in their place: links,
 * hard links, pipes, other directories, before and while root writes.
 */
import assert from "node:assert/strict";
import { commonDeno } from "../tools/common_deno.ts";
import { isSkipped, otherUsers } from "../tools/needs.ts";
import { delay } from "../../lib/timing/delay.ts";
import { open } from "../../lib/servers/connecting/connect.ts";
import { openToAppend } from "../../lib/files/log_file.ts";
import { openOutput, writeWhole } from "../../lib/files/output_file.ts";

const EVE = 4242;

const SQLITE = {
  server: "sqlite",
  dialect: "sqlite",
  readOnly: false,
  mustExist: false,
  busyTimeout: null,
} as const;

const ignore = await isSkipped("writing into directories of others", otherUsers);

/** Makes `eve/`, and `eve/out/` in it, both hers, and a file of root's that she wants. */
interface Scene {
  readonly eve: string;
  readonly out: string;
  /** A directory of root's, with a file of the name that is written in `out`. */
  readonly roots: string;
  readonly precious: string;
}

function attack(name: string, act: (scene: Scene) => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    fn: async () => {
      const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
      await Deno.chmod(directory, 0o755);
      const [eve, roots] = [`${directory}/eve`, `${directory}/roots`];
      const scene = { eve, out: `${eve}/out`, roots, precious: `${roots}/up.sql` };
      try {
        await Deno.mkdir(scene.out, { recursive: true });
        for (const path of [eve, scene.out]) await Deno.chown(path, EVE, EVE);
        await Deno.mkdir(roots);
        await Deno.writeTextFile(scene.precious, "secret", { mode: 0o600 });
        await act(scene);
        const { mode, uid, gid, nlink } = await Deno.stat(scene.precious);
        assert.deepEqual([mode! & 0o7777, uid, gid], [0o600, 0, 0]);
        assert.equal(await Deno.readTextFile(scene.precious), "secret");
        assert.ok(nlink! <= 2);
      } finally {
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}

async function eves(path: string, mode = 0o666): Promise<void> {
  await Deno.writeTextFile(path, "old");
  await Deno.chmod(path, mode);
  await Deno.chown(path, EVE, EVE);
}

async function evesLink(target: string, path: string): Promise<void> {
  await Deno.symlink(target, path);
  await new Deno.Command("chown", { args: ["-h", String(EVE), path] }).output();
}

const names = (directory: string): readonly string[] =>
  [...Deno.readDirSync(directory)].map(({ name }) => name).toSorted();

/** Both kinds of her directories: one that root's directory holds, and one that she may exchange. */
const DIRECTORIES: readonly (readonly [string, (scene: Scene) => string])[] = [
  ["a directory of hers", ({ eve }) => eve],
  ["a directory in one of hers", ({ out }) => out],
];

for (const [where, directoryIn] of DIRECTORIES) {
  attack(`in ${where} a new file is root's, with a safe mode`, async (scene) => {
    const path = `${directoryIn(scene)}/up.sql`;
    await writeWhole(path, "new");
    const { uid, mode } = await Deno.stat(path);
    assert.deepEqual([uid, mode! & 0o7777], [0, 0o644]);
    await writeWhole(path, "newer");
    assert.equal(await Deno.readTextFile(path), "newer");
  });

  attack(`in ${where} her old file lends no owner and no mode to what is root's`, async (scene) => {
    const path = `${directoryIn(scene)}/up.sql`;
    await eves(path, 0o4777);
    await writeWhole(path, "new");
    const { uid, mode } = await Deno.stat(path);
    assert.equal(await Deno.readTextFile(path), "new");
    assert.equal(mode! & 0o7000, 0);
    if (uid === 0) assert.equal(mode! & 0o022, 0);
  });

  attack(`in ${where} a link instead of the file is refused`, async (scene) => {
    const path = `${directoryIn(scene)}/up.sql`;
    await evesLink(scene.precious, path);
    await assert.rejects(writeWhole(path, "new"), {
      message: `Cannot write ${path}: it leads through ${path}, a link of another user`,
    });
    assert.throws(() => openToAppend(path), /a link of another user/);
  });

  attack(`in ${where} a link instead of the database is refused`, async (scene) => {
    const path = `${directoryIn(scene)}/db.sqlite`;
    const elsewhere = `${scene.roots}/db.sqlite`;
    await evesLink(elsewhere, path);
    await assert.rejects(open({ ...SQLITE, path }), {
      message: `Cannot open ${path}: it leads through ${path}, a link of another user; ` +
        "name the file to which it leads",
    });
    assert.deepEqual(names(scene.roots), ["up.sql"]);
    const session = await open({ ...SQLITE, path: elsewhere });
    await session[Symbol.asyncDispose]();
  });

  attack(`in ${where} a dangling link makes no file`, async (scene) => {
    const path = `${directoryIn(scene)}/up.sql`;
    await evesLink(`${scene.roots}/new`, path);
    await assert.rejects(writeWhole(path, "new"), /a link of another user/);
    assert.throws(() => openToAppend(path), /a link of another user/);
    assert.deepEqual(names(scene.roots), ["up.sql"]);
  });

  attack(`in ${where} another name of root's file is not appended to`, async (scene) => {
    const path = `${directoryIn(scene)}/up.sql`;
    await Deno.link(scene.precious, path);
    assert.throws(() => openToAppend(path), /it has another name too/);
    await writeWhole(path, "new").catch(() => {});
  });

  attack(`in ${where} a link that takes the new file's place gets nothing`, async (scene) => {
    const directory = directoryIn(scene);
    await eves(`${directory}/up.sql`);
    {
      using file = await openOutput(`${directory}/up.sql`);
      for (const name of names(directory)) {
        if (name === "out") continue;
        await Deno.remove(`${directory}/${name}`);
        await evesLink(scene.precious, `${directory}/${name}`);
      }
      await file.write("new").catch((error) => assert.match(error.message, /taken its place/));
    }
  });

  attack(`in ${where} a pipe without a reader is not waited for by the log`, async (scene) => {
    const path = `${directoryIn(scene)}/log`;
    await new Deno.Command("mkfifo", { args: [path] }).output();
    assert.throws(() => openToAppend(path), { code: "ENXIO" });
  });

  attack(`in ${where} the log is appended to her own file and to root's`, async (scene) => {
    const path = `${directoryIn(scene)}/log`;
    const append = () => {
      using log = openToAppend(path);
      log.writeSync(new TextEncoder().encode("line\n"));
    };
    append();
    append();
    assert.equal((await Deno.stat(path)).uid, 0);
    assert.equal(await Deno.readTextFile(path), "line\nline\n");
    await Deno.chown(path, EVE, EVE);
    append();
    assert.equal(await Deno.readTextFile(path), "line\nline\nline\n");
  });
}

attack("a directory that has become a link of hers is refused", async ({ eve, out, roots }) => {
  await Deno.remove(out);
  await evesLink(roots, out);
  await assert.rejects(writeWhole(`${out}/up.sql`, "new"), /leads through \S+\/out, a link/);
  await assert.rejects(writeWhole(`${eve}/out/none`, "new"), /leads through \S+\/out, a link/);
  assert.throws(() => openToAppend(`${out}/up.sql`), /leads through \S+\/out, a link/);
  assert.deepEqual(names(roots), ["up.sql"]);
});

attack("a directory exchanged after the file was opened leads nowhere else", async (scene) => {
  const { eve, out, roots } = scene;
  using file = await openOutput(`${out}/up.sql`);
  await Deno.rename(out, `${eve}/away`);
  await evesLink(roots, out);
  await file.write("new");
  assert.equal(await Deno.readTextFile(`${eve}/away/up.sql`), "new");
});

/** Exchanges a directory with a link as fast as it can, in a process of its own. */
const SWAPPER = `
const [out, roots] = Deno.args;
const quietly = (act) => { try { act(); } catch { /* done already */ } };
Deno.writeTextFileSync(out + ".begun", "");
for (;;) {
  quietly(() => Deno.renameSync(out, out + ".real"));
  quietly(() => Deno.symlinkSync(roots, out));
  quietly(() => Deno.removeSync(out));
  quietly(() => Deno.renameSync(out + ".real", out));
}`;

async function whileSheSwaps({ eve, out, roots }: Scene, act: () => Promise<void>): Promise<void> {
  await Deno.writeTextFile(`${eve}/swap.js`, SWAPPER);
  const swapper = new Deno.Command(await commonDeno(eve), {
    args: ["run", "--quiet", "-A", `${eve}/swap.js`, out, roots],
    uid: EVE,
    gid: EVE,
    env: { DENO_DIR: `${eve}/cache` },
  }).spawn();
  try {
    while (!names(eve).includes("out.begun")) await delay(10);
    await act();
  } finally {
    swapper.kill("SIGKILL");
    await swapper.status;
  }
}

attack(
  "many tries while she exchanges the directory all the time win her nothing",
  async (scene) => {
    const path = `${scene.out}/up.sql`;
    let refusals = 0;
    await whileSheSwaps(scene, async () => {
      for (let tries = 0; tries < 500; tries++) {
        await writeWhole(path, "new").catch(() => refusals++);
        try {
          using log = openToAppend(path);
          log.writeSync(new TextEncoder().encode("line\n"));
        } catch {
          refusals++;
        }
      }
    });
    assert.ok(refusals > 0);
    assert.deepEqual(names(scene.roots), ["up.sql"]);
  },
);

attack("a file of a sticky directory may be another user's", async ({ eve, precious }) => {
  await Deno.chown(eve, 0, 0);
  await Deno.chmod(eve, 0o1777);
  await eves(`${eve}/up.sql`, 0o666);
  await writeWhole(`${eve}/up.sql`, "new");
  assert.equal((await Deno.stat(`${eve}/up.sql`)).uid, 0);
  await evesLink(precious, `${eve}/link`);
  await assert.rejects(writeWhole(`${eve}/link`, "new"), /a link of another user/);
});
