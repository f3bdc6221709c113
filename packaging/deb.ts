/**
 * The package for Debian and Ubuntu.
 *
 * @module
 */
import { DIST, PROGRAM, ROOT, run, VERSION } from "./project.ts";
import type { Runtime } from "./runtime.ts";
import { settle, template, writeTree } from "./tree.ts";

/** Debian's names of machines. */
const ARCHITECTURES = { x86_64: "amd64", aarch64: "arm64" } as const;

const SCRIPTS = ["preinst", "postinst", "prerm", "postrm"] as const;

const MAINTAINER = `${PROGRAM} authors <noreply@example.org>`;

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "2-digit",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A date as RFC 5322 writes it. */
function rfc5322(seconds: number): string {
  const date = new Date(seconds * 1000);
  const parts = Object.fromEntries(DAY.formatToParts(date).map(({ type, value }) => [type, value]));
  const { weekday, day, month, year } = parts;
  return `${weekday}, ${day} ${month} ${year} ${date.toISOString().slice(11, 19)} +0000`;
}

async function control(root: string, { arch }: Runtime): Promise<string> {
  const size = (await run("du", ["-k", "-s", "--apparent-size", root])).split("\t")[0];
  return `Package: ${PROGRAM}
Version: ${VERSION}-1
Architecture: ${ARCHITECTURES[arch]}
Maintainer: ${MAINTAINER}
Installed-Size: ${size}
Depends: libc6 (>= 2.31), libgcc-s1
Section: net
Priority: optional
Description: database migrations of OpenStack Mistral, in one program
 Brings the database of the workflow service of OpenStack from one release to
 the next, on PostgreSQL, MySQL/MariaDB and SQLite, without Python. It takes the
 place of the program of the same name in mistral-common, which may stay
 installed beside it: "update-alternatives --config mistral-db-manage" chooses.
`;
}

/** Lintian's objections that we know, and why they stay. */
const OVERRIDES = `# Deno is taken as its makers have built it.
${PROGRAM}: hardening-no-relro *
${PROGRAM}: embedded-library *
# Upstream's program has to make room for an alternative; nobody is to lose it.
${PROGRAM}: diversion-for-unknown-file *
# Not made for Debian's archive.
${PROGRAM}: initial-upload-closes-no-bugs *
`;

async function writeControl(root: string, date: number, runtime: Runtime): Promise<void> {
  const text = await control(root, runtime);
  await Deno.mkdir(`${root}/DEBIAN`);
  await Deno.writeTextFile(`${root}/DEBIAN/control`, text);
  await Deno.writeTextFile(`${root}/DEBIAN/triggers`, await template("deb/triggers"));
  for (const name of SCRIPTS) {
    await Deno.writeTextFile(`${root}/DEBIAN/${name}`, await template(`deb/${name}`));
    await Deno.chmod(`${root}/DEBIAN/${name}`, 0o755);
  }
  const files = (await run("find", ["usr", "-type", "f"], { cwd: root })).trim().split("\n");
  const sums = await run("md5sum", files.toSorted(), { cwd: root });
  await Deno.writeTextFile(`${root}/DEBIAN/md5sums`, sums);
  await settle(`${root}/DEBIAN`, date);
}

async function writeDebianDocuments(root: string, date: number): Promise<void> {
  const documents = `${root}/usr/share/doc/${PROGRAM}`;
  const licence = `Files: *\nCopyright: 2026, the authors of ${PROGRAM}\nLicense: Apache-2.0\n`;
  await Deno.writeTextFile(
    `${documents}/copyright`,
    `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n${licence}` +
      " On Debian systems the text of this licence is in /usr/share/common-licenses/Apache-2.0.\n",
  );
  await Deno.writeTextFile(
    `${documents}/changelog.Debian`,
    `${PROGRAM} (${VERSION}-1) unstable; urgency=medium\n\n  * See changelog.gz.\n\n` +
      ` -- ${MAINTAINER}  ${rfc5322(date)}\n`,
  );
  await run("gzip", ["-9nf", `${documents}/changelog.Debian`]);
  await Deno.mkdir(`${root}/usr/share/lintian/overrides`, { recursive: true });
  await Deno.writeTextFile(`${root}/usr/share/lintian/overrides/${PROGRAM}`, OVERRIDES);
}

/** Makes the package; gives its path. */
export async function makeDeb(date: number, runtime: Runtime): Promise<string> {
  const root = await Deno.makeTempDir({ dir: DIST, prefix: "deb-" });
  try {
    await writeTree(root, date, runtime);
    await writeDebianDocuments(root, date);
    await settle(root, date);
    await writeControl(root, date, runtime);
    await settle(root, date);
    const path = `${DIST}/${PROGRAM}_${VERSION}-1_${ARCHITECTURES[runtime.arch]}.deb`;
    const options = ["--root-owner-group", "-Zgzip", "-z6", "--build"];
    await run("dpkg-deb", [...options, root, path], {
      cwd: ROOT,
      env: { SOURCE_DATE_EPOCH: String(date) },
    });
    return path;
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
