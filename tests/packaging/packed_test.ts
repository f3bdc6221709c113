/** The packed file, wherever it is started and whatever happened to it. */
import assert from "node:assert/strict";
import { freshDatabase, isAvailable } from "../tools/databases.ts";
import { isSkipped, mounts, offline, readOnlySystem, registry } from "../tools/needs.ts";
import {
  build,
  COMMIT,
  copySources,
  digest,
  type Ended,
  execute,
  must,
  packed,
  type RunOptions,
} from "./builds.ts";

const directory = await Deno.makeTempDir({ prefix: "mistral-db-packed-" });
addEventListener("unload", () => Deno.removeSync(directory, { recursive: true }));
await Deno.chmod(directory, 0o755);

const PACKED = `${directory}/mistral-db-manage`;
const VERSION = new RegExp(
  `^mistral-db-manage \\S+ \\(revision \\d+, .*, Deno \\S+, commit ${COMMIT}\\)\n$`,
);
const NOBODY = { uid: 65534, gid: 65534 };

let places = 0;

/** A new directory that the given user owns. */
async function fresh(uid?: number): Promise<string> {
  const path = `${directory}/place-${places++}`;
  await Deno.mkdir(path);
  if (uid !== undefined) await Deno.chown(path, uid, uid);
  return path;
}

const started = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: RunOptions = {},
  program = PACKED,
): Promise<Ended> => execute(program, args, { clearEnv: true, env, cwd: "/", ...options });

async function assertStarts(...call: Parameters<typeof started>): Promise<void> {
  const { code, stdout, stderr } = await started(...call);
  assert.match(stdout, VERSION, stderr);
  assert.deepEqual([code, stderr], [0, ""]);
}

function namesIn(path: string): readonly string[] {
  return Array.from(Deno.readDirSync(path), ({ name }) => name);
}

/** Waits until a process listens to SIGTERM, which has this bit in the masks of signals. */
async function untilListening(pid: number): Promise<void> {
  for (;;) {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    const caught = /^SigCgt:\s*(\S+)$/m.exec(status)?.[1] ?? "0";
    // It listens to one signal after another.
    const delay = BigInt(`0x${caught}`) & (1n << 14n) ? 200 : 20;
    await new Promise((resolve) => setTimeout(resolve, delay));
    if (delay === 200) return;
  }
}

/** Runs a script as root in a namespace of its own where mounts are private. */
function mounted(script: string, env: Record<string, string>): Promise<Ended> {
  return execute("unshare", ["-m", "sh", "-c", script], {
    env: { PACKED, ...env },
    clearEnv: true,
  });
}

const hasNetwork = await isSkipped("a build without a network", offline, registry);

/** Builds in a copy of the sources, from packages beside them and without a network if that can be tried. */
async function buildAgain(copy: string): Promise<void> {
  await copySources(copy);
  if (hasNetwork) return void await build(copy, "pack");
  await build(copy, "vendor");
  await must("unshare", ["-n", Deno.execPath(), "run", "-A", "packaging/pack.ts"], {
    cwd: copy,
    env: { DENO_DIR: "vendor", HOME: "/nonexistent", COMMIT },
  });
}

Deno.test("a second build elsewhere, without a network, is the same file, at most 45 MB", async () => {
  const copy = `${directory}/longer/b`;
  await Promise.all([packed(PACKED), buildAgain(copy)]);
  assert.equal(await digest(PACKED), await digest(`${copy}/dist/mistral-db-manage`));
  assert.ok((await Deno.stat(PACKED)).size <= 45_000_000);
  assert.deepEqual(namesIn(`${copy}/dist`), ["mistral-db-manage"], "nothing is left of the build");
  await Deno.remove(copy, { recursive: true });
});

Deno.test("ten first starts at once work, and leave one program", async () => {
  const cache = await fresh();
  const env = { XDG_CACHE_HOME: cache };
  await Promise.all(Array.from({ length: 10 }, () => assertStarts(["--version"], env)));
  const [name, ...others] = namesIn(`${cache}/mistral-db-manage`);
  assert.deepEqual(others, []);
  const home = `${cache}/mistral-db-manage/${name}`;
  const known = ["SHA256SUMS", "cache", "deno", "program", "sealed"];
  const found = namesIn(home).filter((name) => !name.startsWith("verified-")).toSorted();
  assert.deepEqual(found, known);
  assert.equal((await Deno.stat(`${cache}/mistral-db-manage`)).mode! & 0o777, 0o700);
});

Deno.test("a first start that is killed leaves nothing that is ever run, or stays", async () => {
  const cache = await fresh();
  const env = { XDG_CACHE_HOME: cache };
  const child = new Deno.Command("setsid", { args: [PACKED, "--version"], env, stdout: "null" })
    .spawn();
  const folder = `${cache}/mistral-db-manage`;
  const isUnpacking = () => {
    try {
      return namesIn(folder).some((name) => Deno.statSync(`${folder}/${name}/deno`).size > 1e6);
    } catch {
      return false;
    }
  };
  for (let turns = 0; turns < 2000 && !isUnpacking(); turns++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  Deno.kill(child.pid, "SIGKILL");
  await child.status;
  const [left] = namesIn(folder);
  assert.deepEqual(namesIn(folder).map((name) => name.slice(0, 5)), [".new."]);
  // Another process may be at it, until it is old.
  await assertStarts(["--version"], env);
  assert.ok(namesIn(folder).includes(left!));
  const long = new Date(Date.now() - 3_600_000);
  await Deno.utime(`${folder}/${left}`, long, long);
  await assertStarts(["--version"], env);
  assert.ok(!namesIn(folder).some((name) => name.startsWith(".new.")));
});

Deno.test("old versions in the cache are removed, but neither the last two nor one that runs", async () => {
  const cache = await fresh();
  const folder = `${cache}/mistral-db-manage`;
  const versions = [1, 2, 3, 4].map((patch) => `0.0.${patch}-0123456789abcdef`);
  for (const [index, version] of versions.entries()) {
    await Deno.mkdir(`${folder}/${version}`, { recursive: true, mode: 0o700 });
    const then = new Date(Date.now() - 3_600_000 * (9 - index));
    await Deno.utime(`${folder}/${version}`, then, then);
  }
  await Deno.chmod(folder, 0o700);
  await Deno.mkdir(`${folder}/of-somebody-else`);
  await Deno.copyFile("/bin/sleep", `${folder}/${versions[0]}/deno`);
  const old = new Date(0);
  await Deno.utime(`${folder}/${versions[0]}`, old, old);
  const running = new Deno.Command(`${folder}/${versions[0]}/deno`, { args: ["600"] }).spawn();
  try {
    await assertStarts(["--version"], { XDG_CACHE_HOME: cache });
  } finally {
    running.kill();
    await running.status;
  }
  const left = namesIn(folder).filter((name) => name !== "of-somebody-else");
  assert.deepEqual(
    versions.map((name) => left.includes(name)),
    [true, false, true, true],
  );
  assert.equal(left.length, namesIn(folder).length - 1);
});

Deno.test("a damaged runtime of the right size is unpacked again", async () => {
  const cache = await fresh();
  const env = { XDG_CACHE_HOME: cache };
  await assertStarts(["--version"], env);
  const [name] = namesIn(`${cache}/mistral-db-manage`);
  const path = `${cache}/mistral-db-manage/${name}/deno`;
  const { mtime } = await Deno.stat(path);
  await Deno.chmod(path, 0o700);
  using file = await Deno.open(path, { write: true });
  await file.seek(40_000_000, Deno.SeekMode.Start);
  await file.write(new Uint8Array(200_000));
  await Deno.utime(path, mtime!, mtime!);
  await assertStarts(["--version"], env);
});

Deno.test("an unpacked program that is damaged is unpacked again", async () => {
  const cache = await fresh();
  const env = { XDG_CACHE_HOME: cache };
  await assertStarts(["--version"], env);
  const [name] = namesIn(`${cache}/mistral-db-manage`);
  const home = `${cache}/mistral-db-manage/${name}`;
  for (const file of ["deno", "program/main.js", "program/chunk-1.js"]) {
    await Deno.chmod(`${home}/${file}`, 0o700);
    await Deno.truncate(`${home}/${file}`);
    await assertStarts(["--version"], env);
    assert.ok((await Deno.stat(`${home}/${file}`)).size > 0, file);
  }
  await Deno.remove(`${home}/program/chunk-1.js`);
  await assertStarts(["--version"], env);
});

Deno.test("without a home, it is a private temporary directory", async () => {
  // Root has a place of its own.
  const user = Deno.uid() === 0 ? NOBODY : { uid: Deno.uid()! };
  const TMPDIR = await fresh(user.uid);
  await assertStarts(["--version"], { TMPDIR }, user);
  const name = `mistral-db-manage-${user.uid}`;
  assert.deepEqual(namesIn(TMPDIR), [name]);
  assert.equal((await Deno.stat(`${TMPDIR}/${name}`)).mode! & 0o777, 0o700);
  await assertStarts(["--version"], { TMPDIR }, user);
});

Deno.test("the program finds its caller's home directory", async () => {
  const HOME = await fresh();
  await Deno.mkdir(`${HOME}/.mistral`);
  const url = `sqlite:///${HOME}/m.sqlite`;
  const XDG_CACHE_HOME = await fresh();
  await Deno.writeTextFile(`${HOME}/.mistral/mistral.conf`, `[database]\nconnection = ${url}\n`);
  const { code, stderr } = await started(["upgrade", "head"], { XDG_CACHE_HOME, HOME });
  assert.equal(code, 0, stderr);
  assert.ok((await Deno.stat(`${HOME}/m.sqlite`)).size > 0);
});

Deno.test({
  name: "a file system without room or without programs is explained",
  ignore: await isSkipped("a file system without room", mounts),
  fn: async () => {
    const script = (option: string) =>
      "for at in /tmp /var/tmp; do " +
      `[ ! -d $at ] || mount -t tmpfs -o ${option} none $at || exit 9; done; ` +
      'setpriv --reuid=65534 --regid=65534 --clear-groups "$KEPT" --version';
    // The file has to be somewhere that is not covered.
    const kept = await Deno.makeTempDir({ dir: "/opt", prefix: "mistral-db-" });
    try {
      await Deno.chmod(kept, 0o755);
      const KEPT = `${kept}/mistral-db-manage`;
      await Deno.copyFile(PACKED, KEPT);
      const noexec = await mounted(script("noexec"), { KEPT });
      assert.match(
        noexec.stderr,
        /^Cannot unpack .*"\/tmp\/\S+" is on .* \(noexec\); .* set XDG_CACHE_HOME .*\n$/,
      );
      const full = await mounted(script("size=20m"), { KEPT });
      assert.match(full.stderr, /^Cannot unpack .*"\/tmp\/\S+" has no room for \d+ MB; .*\n$/);
      assert.deepEqual([noexec.code, full.code, noexec.stdout, full.stdout], [1, 1, "", ""]);
    } finally {
      await Deno.remove(kept, { recursive: true });
    }
  },
});

Deno.test("a truncated or altered file says so, unpacked before or not", async () => {
  const cache = await fresh();
  const path = `${cache}/altered`;
  const bytes = await Deno.readFile(PACKED);
  const env = { XDG_CACHE_HOME: cache };
  const refusal = async (changed: Uint8Array) => {
    await Deno.writeFile(path, changed, { mode: 0o755 });
    const { code, stdout, stderr } = await started(["--version"], env, {}, path);
    assert.deepEqual([code, stdout], [1, ""]);
    return stderr;
  };
  const flipped = (at: number) => bytes.with(at, bytes[at]! ^ 1);
  for (const unpacked of [false, true]) {
    if (unpacked) {
      await assertStarts(["--version"], env);
      await Deno.copyFile(PACKED, path);
      await assertStarts(["--version"], env, {}, path);
    }
    for (const length of [5000, 1_000_000, bytes.length - 1]) {
      assert.match(
        await refusal(bytes.subarray(0, length)),
        /" is truncated or altered: it has \d+ bytes/,
      );
    }
    for (const at of [100_000, bytes.length - 9]) {
      assert.match(await refusal(flipped(at)), /" is altered: .*; download it again\n$/);
    }
    if (!unpacked) assert.deepEqual(namesIn(cache), ["altered"]);
  }
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 16384));
  const other = bytes.slice();
  other.set(new TextEncoder().encode("target=linux-riscv64"), text.indexOf("\ntarget=") + 1);
  await Deno.writeFile(path, other, { mode: 0o755 });
  const { code, stderr } = await started(
    ["--version"],
    { XDG_CACHE_HOME: await fresh() },
    {},
    path,
  );
  assert.match(stderr, /it is made for linux-riscv64.*, and this is Linux .*\n$/);
  assert.equal(code, 1);
});

Deno.test("dash, bash and busybox start it", async () => {
  const env = { XDG_CACHE_HOME: await fresh(), PATH: "" };
  for (const shell of [["/bin/dash"], ["/bin/bash"], ["/bin/busybox", "sh"]]) {
    if (!await Deno.stat(shell[0]!).catch(() => null)) continue;
    await assertStarts([...shell.slice(1), PACKED, "--version"], env, {}, shell[0]!);
  }
});

Deno.test("it goes on when its terminal closes if it is started with nohup, and else ends", async (t) => {
  const directory = await fresh();
  const env = { XDG_CACHE_HOME: await fresh(), PACKED };
  await must("mkfifo", ["fifo"], { cwd: directory });
  const begin = (script: string) =>
    new Deno.Command("sh", {
      args: ["-c", `${script} "$PACKED" --config-file fifo heads`],
      ...{ cwd: directory, env, stdout: "piped", stderr: "piped" },
    }).spawn();
  const codes = {
    "exec nohup": 0,
    "trap '' HUP; exec": 0,
    "trap '' INT QUIT; exec": 129,
    exec: 129,
  };
  for (const [script, expected] of Object.entries(codes)) {
    await t.step(script, async () => {
      const child = begin(script);
      await untilListening(child.pid);
      child.kill("SIGHUP");
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (expected === 0) await Deno.writeTextFile(`${directory}/fifo`, "");
      const { code, stderr } = await child.output();
      assert.equal(code, expected, new TextDecoder().decode(stderr));
    });
  }
});

const cannotLockUp = await isSkipped("a packed file on a read-only system", readOnlySystem);

/** As nobody, without a network, on a read-only file system but for two directories. */
const LOCKED_UP = `
  mount --bind "$WORK" "$WORK" && mount --bind "$CACHE" "$CACHE" && mount -o remount,bind,ro / &&
  cd "$WORK" && exec setpriv --reuid=65534 --regid=65534 --clear-groups \
    env -i PATH= TMPDIR="$CACHE" "$PACKED" --connection "$URL" "$@"`;

async function lockedUp(url: string, args: readonly string[]): Promise<Ended> {
  const [WORK, CACHE] = [await fresh(NOBODY.uid), await fresh(NOBODY.uid)];
  const URL = url.replace("$WORK", WORK);
  return await execute("unshare", ["-n", "-m", "sh", "-c", LOCKED_UP, "sh", ...args], {
    env: { WORK, CACHE, URL, PACKED },
  });
}

Deno.test({
  name: "no network, no home, no PATH, nobody's rights, nothing to write to but the database",
  ignore: cannotLockUp,
  fn: async () => {
    const { code, stderr } = await lockedUp("sqlite:///$WORK/m.sqlite", ["upgrade", "head"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Creating the schema of \d+ directly/);
  },
});

Deno.test({
  name: "no network but PostgreSQL's socket",
  ignore: cannotLockUp || !isAvailable("postgresql"),
  fn: async () => {
    await using database = await freshDatabase("postgresql");
    const { username, password, port, pathname } = new URL(database.url);
    const socket = Deno.env.get("TEST_POSTGRESQL_SOCKET")!;
    const host = encodeURIComponent(socket.slice(0, socket.lastIndexOf("/")));
    const url = `postgresql://${username}:${password}@${pathname}?host=${host}&port=${port}`;
    const { code, stderr } = await lockedUp(url, ["upgrade", "head"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Creating the schema of \d+ directly/);
  },
});
