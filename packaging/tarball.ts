/**
 * The tarball for sites without a network: the packed program, and all that belongs to it.
 *
 * @module
 */
import type { Runtime } from "./runtime.ts";
import { bashCompletion, fishCompletion, zshCompletion } from "./completions.ts";
import { manPages } from "./man.ts";
import { pack } from "./pack.ts";
import { DIST, PROGRAM, ROOT, run, VERSION } from "./project.ts";
import { sbom } from "./sbom.ts";
import { settle, tarball, template } from "./tree.ts";

/** The pages and pictures that the README leads to, and the schemas of what `--json` prints. */
async function pages(): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const folder of ["docs", "schemas"]) {
    for await (const { name } of Deno.readDir(`${ROOT}${folder}`)) {
      texts[`${folder}/${name}`] = await Deno.readTextFile(`${ROOT}${folder}/${name}`);
    }
  }
  return texts;
}

async function texts(date: number, runtime: Runtime): Promise<Readonly<Record<string, string>>> {
  return {
    LICENSE: await Deno.readTextFile(`${ROOT}LICENSE`),
    "README.md": await Deno.readTextFile(`${ROOT}README.md`),
    "CHANGELOG.md": await Deno.readTextFile(`${ROOT}CHANGELOG.md`),
    "SECURITY.md": await Deno.readTextFile(`${ROOT}SECURITY.md`),
    "sbom.cdx.json": await sbom(date, runtime),
    ...Object.fromEntries([...manPages(date)].map(([name, text]) => [`man/man1/${name}`, text])),
    [`completions/${PROGRAM}.bash`]: bashCompletion(),
    [`completions/_${PROGRAM}`]: zshCompletion(),
    [`completions/${PROGRAM}.fish`]: fishCompletion(),
    [`examples/${PROGRAM}.service`]: await template(`files/${PROGRAM}.service`),
    "examples/mistral.conf.sample": await template("files/mistral.conf.sample"),
    "examples/Containerfile": await template("files/Containerfile"),
    ...await pages(),
  };
}

/** Makes the tarball; gives its path. */
export async function makeTarball(date: number, runtime: Runtime): Promise<string> {
  const name = `${PROGRAM}-${VERSION}-linux-${runtime.arch}`;
  const work = await Deno.makeTempDir({ dir: DIST, prefix: "tar-" });
  try {
    const root = `${work}/${name}`;
    await Deno.mkdir(root);
    await pack(`${root}/${PROGRAM}`, runtime);
    const files = await texts(date, runtime);
    for (const [file, text] of Object.entries(files)) {
      await Deno.mkdir(`${root}/${file.replace(/[^/]*$/, "")}`, { recursive: true });
      await Deno.writeTextFile(`${root}/${file}`, text);
      await Deno.chmod(`${root}/${file}`, 0o644);
    }
    const names = [PROGRAM, ...Object.keys(files)].toSorted();
    await Deno.writeTextFile(`${root}/SHA256SUMS`, await run("sha256sum", names, { cwd: root }));
    await settle(root, date);
    const path = `${DIST}/${name}.tar.gz`;
    await tarball(path, { work, name, date });
    return path;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
