/** The packages: made twice, checked by the distributions' own tools, installed, used, removed. */
import assert from "node:assert/strict";
import { head } from "../tools/migrations.ts";
import { installed, isSkipped, overlays } from "../tools/needs.ts";
import {
  build,
  COMMIT,
  copySources,
  denoIn,
  digest,
  execute,
  must,
  packed,
  ROOT,
} from "./builds.ts";

const directory = await Deno.makeTempDir({ prefix: "mistral-db-packages-" });
addEventListener("unload", () => Deno.removeSync(directory, { recursive: true }));

const THREE_DIGESTS = /^(?:[0-9a-f]{64} {2}\S+\n){3}$/;

const [FIRST, SECOND] = [`${directory}/a`, `${directory}/longer/b`];

/** Installs what makes and checks packages, where it can be had. */
const ignore = await isSkipped(
  "tests of packages",
  installed(["rpmbuild", "rpm", "lintian", "rpmlint", "dpkg-deb"], ["rpm", "lintian", "rpmlint"]),
);
const cannotInstall = ignore || await isSkipped("installing packages", overlays);

function made(ending: string): string {
  for (const { name } of Deno.readDirSync(`${FIRST}/dist`)) {
    if (name.endsWith(ending)) return `${FIRST}/dist/${name}`;
  }
  throw new Error(`no ${ending} was made`);
}

/** Runs a script as root in a copy of this system, which is gone afterwards; `/mnt` has what was changed in it. */
async function inSystem(script: string, files: readonly string[]): Promise<string> {
  const mount = await Deno.makeTempDir({ dir: directory });
  const setup = `
    mount -t tmpfs none "$0" && mkdir "$0/upper" "$0/work" "$0/root" &&
    mount -t overlay overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" "$0/root" &&
    mount -t proc proc "$0/root/proc" && cp "$@" "$0/root/opt/" &&
    mount --bind "$0/upper" "$0/root/mnt" &&
    unset TMPDIR && chroot "$0/root" sh -ec "$SCRIPT"`;
  return await must("unshare", ["-m", "sh", "-c", setup, mount, ...files], {
    env: { SCRIPT: `cd /opt; export DEBIAN_FRONTEND=noninteractive HOME=/root\n${script}` },
  });
}

/** A package with upstream's program, unless that is installed. */
const UPSTREAM = `
  upstream=/usr/bin/mistral-db-manage
  if [ ! -e $upstream ]; then
    mkdir -p up/DEBIAN up/usr/bin
    printf 'Package: upstream\\nVersion: 1\\nArchitecture: all\\nMaintainer: x\\nDescription: x\\n' >up/DEBIAN/control
    printf '#!/bin/sh\\necho upstream\\n' >up/usr/bin/mistral-db-manage
    chmod 755 up/usr/bin/mistral-db-manage
    dpkg-deb --build up up.deb >/dev/null
  fi
  install_upstream() { [ ! -e up.deb ] || dpkg -i up.deb >/dev/null; }`;

/** Makes the packages of a small file instead of Deno, which makes no difference but in time. */
const SMALL = `
  import { makeDeb } from "./packaging/deb.ts";
  import { makeRpm } from "./packaging/rpm.ts";
  import { makeTarball } from "./packaging/tarball.ts";
  const runtime = { os: "linux", arch: Deno.build.arch, deno: "LICENSE" };
  Deno.mkdirSync("dist");
  for (const make of [makeDeb, makeRpm, makeTarball]) await make(1700000000, runtime);`;

/** Makes them in a copy of the sources; gives their digests. */
async function smallPackages(copy: string): Promise<string> {
  await copySources(copy);
  await denoIn(copy, ["eval", SMALL]);
  return await must("sh", ["-c", "sha256sum *"], { cwd: `${copy}/dist` });
}

Deno.test({
  name: "two builds in two directories are the same packages",
  ignore,
  fn: async () => {
    const [one, other] = await Promise.all([FIRST, SECOND].map(smallPackages));
    assert.match(one!, THREE_DIGESTS);
    assert.equal(one, other);
    await Deno.remove(SECOND, { recursive: true });
  },
});

Deno.test({
  name: "the packages are made, with their digests",
  ignore,
  fn: async () => {
    await build(FIRST, "package");
    assert.match(await Deno.readTextFile(`${FIRST}/dist/SHA256SUMS`), THREE_DIGESTS);
    await must("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: `${FIRST}/dist` });
  },
});

Deno.test({
  name: "lintian and rpmlint have nothing to say",
  ignore,
  fn: async () => {
    const [lintian, rpmlint] = await Promise.all([
      execute("lintian", ["--allow-root", "--fail-on", "error,warning", made(".deb")]),
      execute("rpmlint", ["-c", `${FIRST}/packaging/rpmlint.toml`, made(".rpm")]),
    ]);
    assert.equal(lintian.stdout, "");
    assert.equal(lintian.code, 0);
    assert.match(rpmlint.stdout, / 0 errors, 0 warnings/);
  },
});

Deno.test({
  name: "the .deb is installed beside upstream's, used, upgraded, and purged",
  ignore: cannotInstall,
  fn: async () => {
    const deb = made(".deb");
    const said = await inSystem(
      `${UPSTREAM}
      install_upstream
      before=$(sha256sum </usr/bin/mistral-db-manage)
      dpkg -i *_*.deb >/dev/null 2>&1
      mistral-db-manage --version
      adduser --system --quiet --no-create-home mistral-test
      export OS_DATABASE__CONNECTION=sqlite:////tmp/m.sqlite
      su -s /bin/sh -c "mistral-db-manage upgrade head" mistral-test 2>/dev/null
      su -s /bin/sh -c "mistral-db-manage populate" mistral-test >/dev/null 2>&1
      dpkg -i *_*.deb >/dev/null 2>&1
      mistral-db-manage current 2>/dev/null
      update-alternatives --query mistral-db-manage | grep ^Alternative
      update-alternatives --set mistral-db-manage /usr/bin/mistral-db-manage.upstream >/dev/null
      [ "$(sha256sum </usr/bin/mistral-db-manage)" = "$before" ]
      install_upstream
      [ "$(sha256sum </usr/bin/mistral-db-manage)" = "$before" ]
      dpkg --purge mistral-db-manage >/dev/null 2>&1
      [ ! -L /usr/bin/mistral-db-manage ]
      [ "$(sha256sum </usr/bin/mistral-db-manage)" = "$before" ]
      dpkg-divert --list | grep mistral-db-manage || echo no diversion
      cd /mnt && find * -name "*mistral-db-manage*" ! -type c |
        grep -v -e root/.cache -e ^tmp -e ^opt -e "^usr/bin/mistral-db-manage$" || echo no remains`,
      [deb],
    );
    const [version, ...rest] = said.trim().split("\n");
    assert.match(version!, /^mistral-db-manage \S+ \(revision \d+, .* commit \w+\)$/);
    assert.ok(version!.endsWith(` commit ${COMMIT})`), version);
    assert.deepEqual(rest, [
      `${head} (head)`,
      "Alternative: /usr/bin/mistral-db-manage.upstream",
      "Alternative: /usr/lib/mistral-db-manage/mistral-db-manage",
      "no diversion",
      "no remains",
    ]);
  },
});

Deno.test({
  name: "upstream's package may come later",
  ignore: cannotInstall,
  fn: async () => {
    const said = await inSystem(
      `rm -f /usr/bin/mistral-db-manage
      ${UPSTREAM}
      dpkg -i mistral-db-manage_*.deb >/dev/null 2>&1
      dpkg -i --force-overwrite up.deb >/dev/null 2>&1
      mistral-db-manage --version | cut -d" " -f1
      update-alternatives --query mistral-db-manage | grep -c ^Alternative
      dpkg --purge upstream >/dev/null 2>&1
      update-alternatives --query mistral-db-manage | grep -c ^Alternative`,
      [made(".deb")],
    );
    assert.equal(said, "mistral-db-manage\n2\n1\n");
  },
});

Deno.test({
  name: "the .rpm is installed, used, and erased",
  ignore: cannotInstall,
  fn: async () => {
    const said = await inSystem(
      `rm -f /usr/bin/mistral-db-manage
      rpm --install --nodeps *.rpm 2>/dev/null
      mistral-db-manage self-test | tail -n 1
      rpm --erase --nodeps mistral-db-manage 2>/dev/null
      ls -d /usr/bin/mistral-db-manage /usr/lib/mistral-db-manage 2>/dev/null || echo gone`,
      [made(".rpm")],
    );
    assert.equal(said, "All checks passed\ngone\n");
  },
});

Deno.test({
  name: "the tarball holds what its sums and its bill of materials say",
  ignore,
  fn: async () => {
    await must("tar", [
      "-xzf",
      made(".tar.gz"),
      "-C",
      directory,
      "--strip-components=1",
      "--one-top-level=tar",
    ]);
    const root = `${directory}/tar`;
    await must("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: root });
    await packed(`${directory}/packed`);
    assert.equal(await digest(`${root}/mistral-db-manage`), await digest(`${directory}/packed`));
    const env = { XDG_CACHE_HOME: `${directory}/cache` };
    assert.match(
      await must(`${root}/mistral-db-manage`, ["self-test"], { env }),
      /\nAll checks passed\n$/,
    );
    const bill = JSON.parse(await Deno.readTextFile(`${root}/sbom.cdx.json`));
    const lock = JSON.parse(await Deno.readTextFile(`${ROOT}deno.lock`));
    const found = bill.components.map(({ purl }: { purl: string }) => purl);
    for (const name of ["postgres@3.4.9", "mysql2@3.24.6"]) {
      assert.ok(found.includes(`pkg:npm/${name}`));
    }
    assert.equal(found.length, Object.keys(lock.npm).length + 1);
    assert.equal(bill.components[0].hashes[0].content, await digest(Deno.execPath()));
  },
});

Deno.test({
  name: "the manual page has every command, and completions are such",
  ignore,
  fn: async () => {
    const tree = `${directory}/tree`;
    await must("dpkg-deb", ["--extract", made(".deb"), tree]);
    const page = `${tree}/usr/share/man/man1/mistral-db-manage.1.gz`;
    const text = await must("gzip", ["-dc", page]);
    for (const name of ["current", "check_migration", "self\\\\-test"]) {
      assert.match(text, new RegExp(`\\\\fB(\\w+, )?${name.replace("\\\\", "\\\\")}`));
    }
    const script = `. "$1"; COMP_WORDS=(mistral-db-manage upgrade --de); COMP_CWORD=2
      _mistral_db_manage; printf '%s\\n' "\${COMPREPLY[@]}"
      COMP_WORDS=(mistral-db-manage st); COMP_CWORD=1
      _mistral_db_manage; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const path = `${tree}/usr/share/bash-completion/completions/mistral-db-manage`;
    const found = await must("bash", ["-c", script, "bash", path]);
    assert.deepEqual(found.trim().split("\n"), ["--delta", "--debug", "stamp"]);
  },
});
