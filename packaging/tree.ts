/**
 * The files of the packages, as they lie on a system.
 *
 * @module
 */
import { bundle } from "./bundle.ts";
import { bashCompletion, fishCompletion, zshCompletion } from "./completions.ts";
import { manPages } from "./man.ts";
import type { Runtime } from "./runtime.ts";
import { PROGRAM, ROOT, run } from "./project.ts";
import { CALL, filled, shellScript } from "./shell.ts";

/** Where the program itself is. */
export const LIBRARY = `/usr/lib/${PROGRAM}`;

/** A text of `packaging/`, with what it leaves open filled in. */
export async function template(
  name: string,
  values: Readonly<Record<string, string | number>> = {},
): Promise<string> {
  return filled(await Deno.readTextFile(new URL(name, import.meta.url)), values);
}

/** Compresses a text, the same way each time. */
async function gzipped(path: string, text: string): Promise<void> {
  await write(path, text);
  await run("gzip", ["-9nf", path]);
}

async function write(path: string, text: string, mode = 0o644): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, text);
  await Deno.chmod(path, mode);
}

/** Texts that any package of the program has, by the paths they have below `/usr/share`. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [`bash-completion/completions/${PROGRAM}`, bashCompletion()],
    [`zsh/vendor-completions/_${PROGRAM}`, zshCompletion()],
    [`fish/vendor_completions.d/${PROGRAM}.fish`, fishCompletion()],
    [`doc/${PROGRAM}/examples/mistral.conf`, await template("files/mistral.conf.sample")],
    [`doc/${PROGRAM}/examples/Containerfile`, await template("files/Containerfile")],
  ]);
}

/** Writes all files below a directory, with the time `date` in seconds since 1970. */
export async function writeTree(
  root: string,
  date: number,
  { deno }: Runtime,
): Promise<void> {
  for (const [name, text] of await bundle()) await write(`${root}${LIBRARY}/program/${name}`, text);
  await Deno.copyFile(deno, `${root}${LIBRARY}/deno`);
  await Deno.chmod(`${root}${LIBRARY}/deno`, 0o755);
  const launcher = filled(await shellScript("files/launcher.sh"), { ...CALL, PROGRAM, LIBRARY });
  await write(`${root}${LIBRARY}/${PROGRAM}`, launcher, 0o755);
  for (const [name, text] of await documents()) await write(`${root}/usr/share/${name}`, text);
  for (const [name, page] of manPages(date)) {
    await gzipped(`${root}/usr/share/man/man1/${name}`, page);
  }
  const unit = await template(`files/${PROGRAM}.service`);
  await write(`${root}/usr/lib/systemd/system/${PROGRAM}.service`, unit);
  await gzipped(
    `${root}/usr/share/doc/${PROGRAM}/changelog`,
    await Deno.readTextFile(`${ROOT}CHANGELOG.md`),
  );
}

/** Gives everything below a directory one time and sane modes. */
export async function settle(root: string, date: number): Promise<void> {
  await run("find", [root, "-type", "d", "-exec", "chmod", "755", "{}", "+"]);
  await run("find", [root, "-exec", "touch", "--no-dereference", `--date=@${date}`, "{}", "+"]);
}

/**
 * Packs the directory `name` of `work` into a tarball that two builds make alike. A higher level takes Deno
 * twice the time, for a file that is smaller by 3 in 1000.
 */
export async function tarball(
  path: string,
  { work, name, date }: {
    readonly work: string;
    readonly name: string;
    readonly date: number;
  },
): Promise<void> {
  const owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name", "--format=ustar"];
  await run("tar", [...owner, `--mtime=@${date}`, "-cf", `${work}/a.tar`, "-C", work, name]);
  await run("gzip", ["-6nf", `${work}/a.tar`]);
  await Deno.rename(`${work}/a.tar.gz`, path);
}
