/** Files for another machine, made on this one: they are of that machine, and run under its emulator. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { MAIN } from "../../packaging/bundle.ts";
import { installed, isSkipped, type Need, registry } from "../tools/needs.ts";
import { build, copySources } from "./builds.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LIBRARIES = "/usr/aarch64-linux-gnu";

const anotherMachine: Need = () => {
  if (Deno.build.arch === "x86_64") return Promise.resolve();
  return Promise.reject(new Error("this is such a machine itself"));
};

const emulator = installed(
  ["qemu-aarch64-static", `${LIBRARIES}/lib/ld-linux-aarch64.so.1`, "dpkg-deb", "npm"],
  ["qemu-user-static", "libc6-arm64-cross", "libgcc-s1-arm64-cross"],
);
const cannotEmulate = await isSkipped("files for arm64", anotherMachine, emulator, registry);
const archivers = installed(["zip", "unzip"], ["zip", "unzip"]);
const cannotArchive = await isSkipped("archives", anotherMachine, archivers);

async function said(command: string, args: readonly string[], cwd = ROOT) {
  const { code, stdout, stderr } = await new Deno.Command(command, { args: [...args], cwd })
    .output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

async function must(command: string, args: readonly string[], cwd = ROOT): Promise<string> {
  const { code, text } = await said(command, args, cwd);
  assert.equal(code, 0, text);
  return text;
}

Deno.test("files for arm64 are made here and run there", { ignore: cannotEmulate }, async () => {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    const own = `${directory}/checkout`;
    await copySources(own);
    await build(own, "package", ["--target", "linux-arm64", "deb", "tarball"]);
    const names = Array.from(Deno.readDirSync(`${own}/dist`), ({ name }) => name);
    const deb = names.find((name) => name.endsWith("_arm64.deb"))!;
    assert.equal(
      (await must("dpkg-deb", ["-f", `${own}/dist/${deb}`, "Architecture"])).trim(),
      "arm64",
    );
    const tarball = names.find((name) => name.endsWith("-linux-aarch64.tar.gz"))!;
    await must("tar", ["-xzf", `${own}/dist/${tarball}`, "-C", directory, "--strip-components=1"]);
    const here = await said(`${directory}/mistral-db-manage`, ["heads"]);
    assert.equal(here.code, 1);
    assert.match(here.text, /it is made for linux-aarch64, and this is Linux x86_64/);
    await must("dpkg-deb", ["--extract", `${own}/dist/${deb}`, `${directory}/tree`]);
    const library = `${directory}/tree/usr/lib/mistral-db-manage`;
    const program = ["run", "-A", "--no-config", `${library}/program/${MAIN}`];
    const emulated = ["-L", LIBRARIES, `${library}/deno`, ...program];
    const url = `sqlite:///${directory}/there.sqlite`;
    await must("qemu-aarch64-static", [...emulated, "--connection", url, "upgrade", "head"]);
    assert.match(
      await must(Deno.execPath(), ["run", "-A", "cli.ts", "--connection", url, "current"]),
      /045/,
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

/** The archives of macOS and Windows take half a minute. */
const FOREIGN = Deno.env.has("FOREIGN_ARCHIVES");
if (!FOREIGN) console.error("SKIPPED: archives for macOS and Windows: FOREIGN_ARCHIVES is not set");

Deno.test("archives have what each machine needs, sums that can be signed, and a provenance", {
  ignore: cannotArchive,
}, async () => {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    const own = `${directory}/checkout`;
    await copySources(own);
    const made = async (...args: string[]) =>
      (await build(own, "package", args)).trim().split("\n").at(-1)!;
    const unpacked = async (path: string) => {
      const at = await Deno.makeTempDir({ dir: directory });
      await must("tar", ["-xzf", path, "-C", at, "--strip-components=1"]);
      return at;
    };
    const here = await unpacked(await made("archive"));
    assert.match(await must(`${here}/mistral-db-manage`, ["heads"]), /^045/);
    await must("sha256sum", ["-c", "SHA256SUMS"], `${own}/dist`);
    const { subject } = JSON.parse(await Deno.readTextFile(`${own}/dist/provenance.intoto.json`));
    const sums = await Deno.readTextFile(`${own}/dist/SHA256SUMS`);
    assert.equal(`${subject[0].digest.sha256}  ${subject[0].name}\n`, sums);
    if (!FOREIGN) return;
    const there = await unpacked(await made("--target", "macos-arm64"));
    const magic = (await Deno.readFile(`${there}/deno`)).slice(0, 4);
    assert.deepEqual([...magic], [0xcf, 0xfa, 0xed, 0xfe], "a 64-bit Mach-O file");
    const zip = await made("--target=windows-x64");
    const listed = await must("unzip", ["-l", zip]);
    for (const name of ["deno.exe", "mistral-db-manage.cmd", "program/main.js"]) {
      assert.ok(listed.includes(name));
    }
    const refused = await said(Deno.execPath(), [
      "run",
      "-A",
      "packaging/package.ts",
      "--target",
      "windows-x64",
      "deb",
    ], own);
    assert.equal(refused.code, 2);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a machine that is not known is refused in a sentence", async () => {
  const { code, text } = await said(Deno.execPath(), [
    "run",
    "-A",
    "packaging/pack.ts",
    "--target",
    "mips",
  ]);
  assert.equal(code, 1);
  assert.match(text, /^Cannot build for "mips": it is none of linux-x64, linux-arm64, macos-x64/);
});
