/**
 * An archive with Deno, the program and a launcher, to be unpacked anywhere: for macOS a tarball, for
 * Windows a zip. Untried on the real thing.
 *
 * @module
 */
import { bundle, MAIN } from "./bundle.ts";
import { DENO_OPTIONS, DIST, PERMISSIONS, PROGRAM, ROOT, run, VERSION } from "./project.ts";
import type { Runtime } from "./runtime.ts";
import { settle, tarball } from "./tree.ts";

const OPTIONS = `run ${DENO_OPTIONS.join(" ")} --no-code-cache ${PERMISSIONS.join(" ")}`;

/** What the names of variables begin with that steer Deno, Node and npm. */
const STEERING = ["DENO_", "NODE_", "OTEL_", "NPM_CONFIG_", "npm_config_", "JSR_", "RUST_"];

/**
 * A launcher for a shell, which finds what lies beside it. There is no cache: what it would hold is run, and
 * whom it belongs to is asked differently on each system.
 */
export const SHELL = `#!/bin/sh
case $0 in */*) here=$(cd "\${0%/*}" && pwd) ;; *) here=$PWD ;; esac
for name in $(env | sed -n -E 's/^((${STEERING.join("|")})[A-Za-z0-9_]*)=.*/\\1/p'); do
  case $name in
    DENO_CERT | DENO_TLS_CA_STORE | NODE_EXTRA_CA_CERTS) ;;
    *) unset "$name" ;;
  esac
done
caller=\${HOME-}
export DENO_DIR=/dev/null/none DENO_NO_UPDATE_CHECK=1 DENO_DISABLE_NODE_SHIM=1
export MISTRAL_DB_MANAGE_HOME="$caller" HOME="$here/program"
exec "$here/deno" ${OPTIONS} "$here/program/${MAIN}" "$@"
`;

/** A launcher for cmd.exe; `%~dp0` is its own directory. */
export const BATCH: string = [
  "@echo off",
  "setlocal",
  ...STEERING.filter((name) => name === name.toUpperCase()).map((name) =>
    `for /f "delims==" %%v in ('set ${name} 2^>nul') do set "%%v="`
  ),
  "set DENO_DIR=%~dp0none",
  "set DENO_NO_UPDATE_CHECK=1",
  `"%~dp0deno.exe" ${OPTIONS} "%~dp0program\\${MAIN}" %*`,
  "exit /b %ERRORLEVEL%",
  "",
].join("\r\n");

async function writeFiles(root: string, { os, deno }: Runtime): Promise<void> {
  await Deno.mkdir(`${root}/program`, { recursive: true });
  for (const [name, text] of await bundle()) {
    await Deno.writeTextFile(`${root}/program/${name}`, text);
  }
  const isWindows = os === "windows";
  await Deno.copyFile(deno, `${root}/${isWindows ? "deno.exe" : "deno"}`);
  const launcher = `${root}/${PROGRAM}${isWindows ? ".cmd" : ""}`;
  await Deno.writeTextFile(launcher, isWindows ? BATCH : SHELL);
  await Deno.chmod(launcher, 0o755);
  for (const name of ["LICENSE", "CHANGELOG.md"]) {
    await Deno.copyFile(`${ROOT}${name}`, `${root}/${name}`);
  }
}

/** Makes the archive; gives its path. */
export async function makeArchive(date: number, runtime: Runtime): Promise<string> {
  const { os, arch } = runtime;
  const name = `${PROGRAM}-${VERSION}-${os}-${arch}`;
  const work = await Deno.makeTempDir({ dir: DIST, prefix: "archive-" });
  try {
    await writeFiles(`${work}/${name}`, runtime);
    await settle(`${work}/${name}`, date);
    const path = `${DIST}/${name}${os === "windows" ? ".zip" : ".tar.gz"}`;
    if (os === "windows") {
      await Deno.remove(path).catch(() => {});
      // -X leaves out who made it, and the time zone is UTC: two archives are the same.
      await run("zip", ["-q", "-r", "-X", "-9", path, name], { cwd: work, env: { TZ: "UTC" } });
      return path;
    }
    await tarball(path, { work, name, date });
    return path;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
