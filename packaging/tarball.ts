/**
 * The tarball for sites without a network: the packed program, and all that belongs to it.
 *
 * @module
 */
import { bashCompletion, fishCompletion, zshCompletion } from "./completions.ts";
import { manPages } from "./man.ts";
import { pack } from "./pack.ts";
import { DIST, PROGRAM, ROOT, run, VERSION } from "./project.ts";
import { sbom } from "./sbom.ts";
import { settle, template } from "./tree.ts";

const NAME = `${PROGRAM}-${VERSION}-linux-${Deno.build.arch}`;

async function texts(date: number): Promise<Readonly<Record<string, string>>> {
  return {
    LICENSE: await Deno.readTextFile(`${ROOT}LICENSE`),
    "README.md": await Deno.readTextFile(`${ROOT}README.md`),
    "CHANGELOG.md": await Deno.readTextFile(`${ROOT}CHANGELOG.md`),
    ...Object.fromEntries(manPages(date)),
    [`${PROGRAM}.bash`]: bashCompletion(),
    [`_${PROGRAM}`]: zshCompletion(),
    [`${PROGRAM}.fish`]: fishCompletion(),
    [`${PROGRAM}.service`]: await template(`files/${PROGRAM}.service`),
    "mistral.conf.sample": await template("files/mistral.conf.sample"),
    Containerfile: await template("files/Containerfile"),
    "sbom.cdx.json": await sbom(date),
  };
}

/** Makes the tarball; gives its path. */
export async function makeTarball(date: number): Promise<string> {
  const work = await Deno.makeTempDir({ dir: DIST, prefix: "tar-" });
  try {
    const root = `${work}/${NAME}`;
    await Deno.mkdir(root);
    await pack(`${root}/${PROGRAM}`);
    const files = await texts(date);
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${root}/${name}`, text);
      await Deno.chmod(`${root}/${name}`, 0o644);
    }
    const names = [PROGRAM, ...Object.keys(files)].toSorted();
    await Deno.writeTextFile(`${root}/SHA256SUMS`, await run("sha256sum", names, { cwd: root }));
    await settle(root, date);
    const path = `${DIST}/${NAME}.tar.gz`;
    const owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name", "--format=ustar"];
    await run("tar", [...owner, `--mtime=@${date}`, "-cf", `${work}/a.tar`, "-C", work, NAME]);
    await run("gzip", ["-nf", `${work}/a.tar`]);
    await Deno.rename(`${work}/a.tar.gz`, path);
    return path;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
