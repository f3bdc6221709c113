/** What strangers can change has no power over how a packaged program starts. */
import assert from "node:assert/strict";
import { execute } from "../packaging/builds.ts";
import { isSkipped, mounts, otherUsers } from "../tools/needs.ts";
import {
  BY_DENO,
  plant,
  PLANTED,
  tinyInstalled,
  tinyPacked,
  variablesIn,
} from "./tools/tiny_program.ts";

const directory = await Deno.makeTempDir({ prefix: "mistral-db-attacks-" });
addEventListener("unload", () => Deno.removeSync(directory, { recursive: true }));
await Deno.chmod(directory, 0o755);

const PACKED = await tinyPacked(directory);
const INSTALLED = await tinyInstalled(directory);

const isRoot = !await isSkipped("attacks by other users on packaged programs", otherUsers);
const noMounts = await isSkipped("attacks on root's packaged programs", otherUsers, mounts);

/** Who runs the program, and who is somebody else. */
const USER = isRoot ? 4242 : Deno.uid()!;
const STRANGER = 4243;
const WHO = isRoot ? { uid: USER, gid: USER } : {};

let places = 0;

/** Makes a directory that belongs to who runs the program. */
async function own(path: string, mode = 0o755): Promise<string> {
  await Deno.mkdir(path);
  await Deno.chmod(path, mode);
  if (isRoot) await Deno.chown(path, USER, USER);
  return path;
}

const fresh = (mode?: number) => own(`${directory}/place-${places++}`, mode);

interface Started {
  readonly stdout: string;
  readonly stderr: string;
}

async function started(program: string, env: Readonly<Record<string, string>>): Promise<Started> {
  const { stdout, stderr } = await execute(program, [], { clearEnv: true, env, cwd: "/", ...WHO });
  return { stdout, stderr };
}

/** The variables that Deno was started with. */
async function variablesOf(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { stdout, stderr } = await started(program, env);
  assert.equal(stderr, "");
  return variablesIn(stdout);
}

/** A home with a cache, in a directory of its own: what a stranger may be able to change. */
interface Tree {
  readonly above: string;
  readonly home: string;
  readonly cache: string;
  readonly own: string;
}

async function tree(): Promise<Tree> {
  const above = await fresh();
  const home = await own(`${above}/a home`);
  const cache = await own(`${home}/.cache`);
  return { above, home, cache, own: `${cache}/mistral-db-manage` };
}

/** Gives a file, a directory or a link itself to the stranger. */
async function give(path: string): Promise<void> {
  await execute("chown", ["-h", `${STRANGER}:${STRANGER}`, path]);
}

/** Moves the cache to another directory, and puts a link to it in its place. */
async function linked({ cache, above }: Tree, mode: number): Promise<void> {
  await own(`${above}/elsewhere`, mode);
  await Deno.rename(cache, `${above}/elsewhere/cache`);
  await Deno.symlink(`${above}/elsewhere/cache`, cache);
}

type Change = (tree: Tree) => Promise<void>;

/** Ways in which a stranger can exchange the cache or what is in it. */
const BY_MODE: Readonly<Record<string, Change>> = {
  "everybody may write to the home directory": ({ home }) => Deno.chmod(home, 0o777),
  "a group may write to .cache": ({ cache }) => Deno.chmod(cache, 0o770),
  "everybody may write to the cache": (at) => Deno.chmod(at.own, 0o777),
  "everybody may write above the home directory": ({ above }) => Deno.chmod(above, 0o777),
  "everybody may write to what a link leads to": (at) => linked(at, 0o777),
};

const BY_OWNER: Readonly<Record<string, Change>> = {
  "the home directory is a stranger's": ({ home }) => give(home),
  ".cache is a stranger's": ({ cache }) => give(cache),
  "the cache is a stranger's": (at) => give(at.own),
  "a directory above is a stranger's": ({ above }) => give(above),
  "what a link leads to is a stranger's": async (at) => {
    await linked(at, 0o755);
    await give(`${at.above}/elsewhere`);
  },
  "a link is a stranger's": async (at) => {
    await linked(at, 0o755);
    await give(at.cache);
  },
};

const HARMLESS: Readonly<Record<string, Change>> = {
  "nothing is a stranger's": () => Promise.resolve(),
  "above is a directory for all with the sticky bit": ({ above }) => Deno.chmod(above, 0o1777),
  "a link leads to a directory that only we may change": (at) => linked(at, 0o755),
};

const CHANGES = { ...BY_MODE, ...(isRoot ? BY_OWNER : {}) };

/** Names the cache in each of the ways in which that is possible. */
const NAMED = {
  HOME: ({ home }: Tree) => ({ HOME: home }),
  XDG_CACHE_HOME: ({ cache }: Tree) => ({ XDG_CACHE_HOME: cache, HOME: "/nonexistent" }),
  TMPDIR: ({ cache }: Tree) => ({ TMPDIR: cache }),
};

/** An unpacked program in which a planted runtime waits; tests move it, which leaves no trace on it. */
const WAITING = await fresh();
await Deno.remove(`/tmp/mistral-db-manage-${USER}`, { recursive: true }).catch(() => {});
await started(PACKED, { XDG_CACHE_HOME: WAITING });
const [KEY] = Array.from(Deno.readDirSync(`${WAITING}/mistral-db-manage`), ({ name }) => name);
await plant(`${WAITING}/mistral-db-manage/${KEY}`);

/** Where the program is unpacked, and found again when a place that was named is not trusted. */
const SAFE = await fresh();
await started(PACKED, { TMPDIR: SAFE });
const FALLBACK = `/tmp/mistral-db-manage-${USER}`;
await started(PACKED, {});
addEventListener("unload", () => Deno.removeSync(FALLBACK, { recursive: true }));

/** What a program says that finds the planted one in a cache with a change. */
async function found(name: keyof typeof NAMED, change: Change): Promise<string> {
  const at = await tree();
  const named = name === "TMPDIR" ? { ...at, own: `${at.own}-${USER}` } : at;
  await own(named.own, 0o700);
  await Deno.rename(`${WAITING}/mistral-db-manage/${KEY}`, `${named.own}/${KEY}`);
  await change(named);
  const { stdout } = await started(PACKED, { TMPDIR: SAFE, ...NAMED[name](at) });
  await Deno.rename(`${named.own}/${KEY}`, `${WAITING}/mistral-db-manage/${KEY}`);
  return stdout;
}

for (const name of Object.keys(NAMED) as (keyof typeof NAMED)[]) {
  Deno.test(`a packed program below ${name} runs where only its user and root can change it`, async (t) => {
    for (const [title, change] of Object.entries(HARMLESS)) {
      await t.step(title, async () => assert.equal(await found(name, change), `${PLANTED}\n`));
    }
  });

  Deno.test(`a packed program below ${name} runs nothing that a stranger can change`, async (t) => {
    for (const [title, change] of Object.entries(CHANGES)) {
      await t.step(title, async () => {
        const { HOME: home } = variablesIn(await found(name, change));
        assert.ok([SAFE, FALLBACK].some((place) => home?.startsWith(place)), home);
      });
    }
  });
}

Deno.test("an unpacked program that is not its user's alone is not run", async (t) => {
  const inside: Readonly<Record<string, (home: string) => Promise<void>>> = {
    "its directory may be read by others": (home) => Deno.chmod(home, 0o755),
    ...(isRoot && {
      "its directory is a stranger's": give,
      "its runtime is a stranger's": (home) => give(`${home}/deno`),
      "its modules are a stranger's": (home) => give(`${home}/program`),
      "one module is a stranger's": (home) => give(`${home}/program/main.js`),
      "its seal is a stranger's": (home) => give(`${home}/sealed`),
      "its code cache is a stranger's": (home) => give(`${home}/cache`),
    }),
  };
  for (const [title, change] of Object.entries(inside)) {
    await t.step(title, async () => {
      const stdout = await found("HOME", ({ own }) => change(`${own}/${KEY}`));
      const { HOME: home } = variablesIn(stdout);
      assert.ok(home?.startsWith(SAFE), home);
      const path = `${WAITING}/mistral-db-manage/${KEY}`;
      if (isRoot) await execute("chown", ["-R", `${USER}:${USER}`, path]);
      await Deno.chmod(path, 0o700);
      await plant(path);
    });
  }
});

Deno.test("the launcher keeps compiled code only where no stranger can change it", async (t) => {
  for (const name of ["HOME", "XDG_CACHE_HOME"] as const) {
    for (const [title, change] of Object.entries(HARMLESS)) {
      await t.step(`${name}: ${title}`, async () => {
        const at = await tree();
        await change(at);
        const { DENO_DIR } = await variablesOf(INSTALLED, NAMED[name](at));
        const real = await Deno.realPath(at.own);
        assert.equal(DENO_DIR, `${real}/compiled`);
        assert.equal((await Deno.stat(DENO_DIR!)).mode! & 0o777, 0o700);
      });
    }
    for (const [title, change] of Object.entries(CHANGES)) {
      await t.step(`${name}: ${title}`, async () => {
        const at = await tree();
        await own(at.own);
        await change(at);
        const { DENO_DIR } = await variablesOf(INSTALLED, NAMED[name](at));
        assert.equal(DENO_DIR, "/dev/null/none");
        assert.deepEqual(Array.from(Deno.readDirSync(at.own)), [], "nothing was made there");
      });
    }
  }
});

Deno.test("the launcher uses no compiled code that others may read or write, or a link", async (t) => {
  const changes: Readonly<Record<string, (path: string) => Promise<void>>> = {
    "the directory is open to others": (path) => Deno.chmod(path, 0o750),
    "a file is a link": (path) => Deno.symlink("/etc/passwd", `${path}/v8_code_cache_v2`),
    "a file is a link to nothing": (path) =>
      Deno.symlink(`${directory}/none`, `${path}/v8_code_cache_v2`),
    ...(isRoot && {
      "a file is a stranger's": async (path) => {
        await Deno.writeTextFile(`${path}/v8_code_cache_v2`, "");
        await give(`${path}/v8_code_cache_v2`);
      },
    }),
  };
  for (const [title, change] of Object.entries(changes)) {
    await t.step(title, async () => {
      const at = await tree();
      const compiled = await own(`${await own(at.own)}/compiled`, 0o700);
      await change(compiled);
      const { DENO_DIR } = await variablesOf(INSTALLED, { HOME: at.home });
      assert.equal(DENO_DIR, "/dev/null/none");
    });
  }
});

/** Variables of Deno, Node, npm and their parts; each changes what happens, or where something is written. */
const HOSTILE: Readonly<Record<string, string>> = {
  DENO_AUDIT_PERMISSIONS: `${directory}/audit`,
  DENO_COVERAGE_DIR: `${directory}/coverage`,
  DENO_DIR: `${directory}/deno-dir`,
  DENO_INTERNAL_CHILD_ENTRYPOINT: "1",
  DENO_LOG: "trace",
  DENO_SOMETHING_OF_TOMORROW: "1",
  DENO_TOKIO_EVENT_INTERVAL: "0",
  DENO_UNSTABLE_CONTROL_SOCK: `unix:${directory}/control`,
  DENO_V8_FLAGS: "--prof",
  JSR_URL: "http://127.0.0.1:9",
  NODE_CHANNEL_FD: "5",
  NODE_OPTIONS: "--require=/nonexistent",
  NODE_TLS_REJECT_UNAUTHORIZED: "0",
  NODE_V8_COVERAGE: `${directory}/coverage`,
  NPM_CONFIG_REGISTRY: "http://127.0.0.1:9",
  npm_config_userconfig: "/nonexistent",
  OTEL_DENO: "true",
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
  RAYON_NUM_THREADS: "x",
  RUST_LOG: "trace",
  RUST_MIN_STACK: "x",
  TOKIO_WORKER_THREADS: "0",
};

/** Variables that the program honors, or that mean nothing to Deno. */
const KEPT: Readonly<Record<string, string>> = {
  DENO_TLS_CA_STORE: "mozilla,system",
  NODE_EXTRA_CA_CERTS: "/etc/ssl/certs/ca-certificates.crt",
  NO_COLOR: "1",
  OS_DATABASE__CONNECTION: "sqlite://\nexport DENO_LOG='x' \"$(exit)\"; DENO_DIR=x",
  MY_NODE_NAME: "one",
  PATH: "/usr/bin:/bin",
};

for (const [name, program] of Object.entries({ "packed file": PACKED, launcher: INSTALLED })) {
  Deno.test(`the ${name} hands on no variables that steer Deno, but all others`, async () => {
    const HOME = await fresh();
    const env = { ...HOSTILE, ...KEPT, HOME };
    const found = await variablesOf(program, { ...env, [BY_DENO]: "1" });
    const known = ["DENO_DIR", "DENO_NO_UPDATE_CHECK", "DENO_DISABLE_NODE_SHIM"];
    known.push(BY_DENO, "HOME", "MISTRAL_DB_MANAGE_HOME", "MISTRAL_DB_MANAGE_NOHUP", "PWD");
    assert.deepEqual(
      Object.fromEntries(Object.entries(found).filter(([key]) => !known.includes(key))),
      KEPT,
    );
    assert.equal(found["MISTRAL_DB_MANAGE_HOME"], HOME);
    assert.notEqual(found["DENO_DIR"], HOSTILE["DENO_DIR"]);
    assert.deepEqual(
      Array.from(Deno.readDirSync(directory), (entry) => entry.name).filter((file) =>
        /^(audit|coverage|deno-dir|control)/.test(file)
      ),
      [],
    );
  });

  Deno.test(`the ${name} says whether SIGHUP was ignored when it was started`, async (t) => {
    const env = { HOME: await fresh(), PATH: "/usr/bin:/bin" };
    for (const shell of ["/bin/dash", "/bin/bash", "/bin/busybox sh"]) {
      if (!await Deno.stat(shell.split(" ")[0]!).catch(() => null)) continue;
      for (const [ignored, expected] of [["HUP", "1"], ["INT", undefined]] as const) {
        await t.step(`${shell}: ${ignored}`, async () => {
          const args = ["-c", `trap '' ${ignored}; exec ${shell} "$0"`, program];
          const { stdout, stderr } = await execute("sh", args, { clearEnv: true, env, ...WHO });
          assert.equal(variablesIn(stdout)["MISTRAL_DB_MANAGE_NOHUP"], expected, stderr);
        });
      }
    }
  });

  Deno.test(`the ${name} starts whatever ~/.npmrc is, and without a home`, async (t) => {
    const made: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
      "an unset variable": (path) => Deno.writeTextFile(path, "registry=${NPM_REGISTRY}\n"),
      "not UTF-8": (path) => Deno.writeFile(path, new Uint8Array([255, 254, 0])),
      "a directory": (path) => Deno.mkdir(path),
      "a pipe": (path) => execute("mkfifo", [path]),
    };
    for (const [title, make] of Object.entries(made)) {
      await t.step(title, async () => {
        const HOME = await fresh();
        await make(`${HOME}/.npmrc`);
        const found = await variablesOf(program, { HOME, [BY_DENO]: "1" });
        assert.equal(found["MISTRAL_DB_MANAGE_HOME"], HOME);
      });
    }
    const TMPDIR = await fresh();
    for (const env of [{ TMPDIR }, { TMPDIR, HOME: "" }, { TMPDIR, HOME: "/dev/null" }]) {
      await t.step(JSON.stringify((env as { HOME?: string }).HOME ?? "none"), async () => {
        const found = await variablesOf(program, { ...env, [BY_DENO]: "1" });
        assert.equal(found["MISTRAL_DB_MANAGE_HOME"], "HOME" in env ? env.HOME : "");
      });
    }
  });

  Deno.test({
    name: `root's ${name} uses a cache of root's own, and makes nothing in another's home`,
    ignore: noMounts,
    fn: async () => {
      const home = await fresh();
      const script = `mount -t tmpfs -o mode=755 none /var/cache && HOME=$1 "$2" && ls -A "$1" && 
        ls -A /var/cache`;
      const { stdout, stderr } = await execute("unshare", [
        "-m",
        "sh",
        "-ec",
        script,
        "sh",
        home,
        program,
      ]);
      assert.equal(stderr, "");
      assert.match(stdout, /\0?DENO_DIR=\/var\/cache\/mistral-db-manage\//);
      assert.ok(stdout.endsWith("\0mistral-db-manage\n"), "nothing in the home directory");
    },
  });
}

Deno.test({
  name: "root without a home starts when strangers have taken all names in directories for all",
  ignore: noMounts,
  fn: async () => {
    const script =
      `mount -t tmpfs -o mode=755 none /run && mount -t tmpfs -o mode=555,ro none /var/cache &&
      for at in /tmp /var/tmp; do
        mount -t tmpfs -o mode=1777 none $at
        mkdir $at/mistral-db-manage-0 && chown 4243 $at/mistral-db-manage-0
      done
      mount -t tmpfs -o mode=555,ro none /root
      "$1"; ls -A /tmp/mistral-db-manage-0`;
    const kept = await Deno.makeTempDir({ dir: "/opt", prefix: "mistral-db-" });
    try {
      const args = ["-i", "unshare", "-m", "sh", "-ec", script, "sh", await tinyPacked(kept)];
      const { stdout, stderr } = await execute("env", args);
      assert.equal(stderr, "");
      assert.match(variablesIn(stdout)["HOME"] ?? "", /^\/run\/mistral-db-manage\//);
      assert.ok(stdout.endsWith("\0"), "nothing in the stranger's directory");
    } finally {
      await Deno.remove(kept, { recursive: true });
    }
  },
});
