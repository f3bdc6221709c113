/**
 * The bundler that Deno fetches for itself, esbuild. No lock file names it, so its digest is kept here: it is
 * compared before it is run for the first time, and before every build.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { run } from "./project.ts";

/** The Deno whose bundler this is. */
const DENO = "2.9.6";

/** Its version. */
export const VERSION = "0.25.5";

/** What is known of it on a machine that builds. */
interface Pinned {
  /** The end of its name in the registry. */
  readonly name: string;
  /** SHA-512 of the package. */
  readonly integrity: string;
  /** SHA-256 of the executable. */
  readonly sha256: string;
}

const PINNED: Readonly<Record<typeof Deno.build.arch, Pinned>> = {
  x86_64: {
    name: "linux-x64",
    integrity:
      "uhj8N2obKTE6pSZ+aMUbqq+1nXxNjZIIjCjGLfsWvVpy7gKCOL6rsY1MhRh9zLtUtAI7vpgLMK6DxjO8Qm9lJw==",
    sha256: "3331e0b23c99d93d9a39e436a4838de40ca1c95ac3bcbd9874ba169d8545b634",
  },
  aarch64: {
    name: "linux-arm64",
    integrity:
      "Z9kfb1v6ZlGbWj8EJk9T6czVEjjq2ntSYLY2cw6pAZl4oKtfgQuS4HOq41M/BcoLPzrUbNd+R4BXFyH//nHxVg==",
    sha256: "d6d656d9326ce1c55c01f73604a3cffda35c63cce60016e9ed795ac91cd1e67d",
  },
};

/** Digest of the bundler that builds here. */
export const bundlerDigest = (): string => PINNED[Deno.build.arch].sha256;

const digest = (algorithm: string, bytes: Uint8Array, encoding: "hex" | "base64"): string =>
  createHash(algorithm).update(bytes).digest(encoding);

/** Gets the package from the registry, and the executable out of it, as Deno would. */
async function fetchInto(path: string, { name, integrity }: Pinned): Promise<void> {
  const registry = Deno.env.get("NPM_CONFIG_REGISTRY") ?? "https://registry.npmjs.org/";
  const address = new URL(
    `@esbuild/${name}/-/${name}-${VERSION}.tgz`,
    registry.replace(/\/?$/, "/"),
  );
  const bytes = await (await fetch(address)).bytes();
  if (digest("sha512", bytes, "base64") !== integrity) {
    throw new Error(`Cannot build: ${address} does not have the digest that is known of it`);
  }
  await Deno.mkdir(dirname(path), { recursive: true });
  const work = await Deno.makeTempDir({ dir: dirname(path) });
  await Deno.writeFile(`${work}/package.tgz`, bytes);
  await run("tar", ["-xzf", "package.tgz", "package/bin/esbuild"], { cwd: work });
  await Deno.chmod(`${work}/package/bin/esbuild`, 0o755);
  await Deno.rename(`${work}/package/bin/esbuild`, path);
  await Deno.remove(work, { recursive: true });
}

/** Where Deno keeps what it downloads. */
async function denoDirectory(): Promise<string> {
  return JSON.parse(await run(Deno.execPath(), ["info", "--json"])).denoDir;
}

/**
 * Sees to it that Deno will run the bundler that is known, from its own cache or another one.
 *
 * @throws {Error} When that is another, or it is not known which one this Deno has.
 */
export async function checkBundler(cache?: string): Promise<void> {
  if (Deno.version.deno !== DENO) {
    throw new Error(
      `Cannot build with Deno ${Deno.version.deno}: the digest of its bundler is not known; build ` +
        `with Deno ${DENO}, or write down the digest in packaging/bundler.ts`,
    );
  }
  const pinned = PINNED[Deno.build.arch];
  const path = `${cache ?? await denoDirectory()}/dl/esbuild-${VERSION}-1/esbuild-${pinned.name}`;
  if (!await Deno.stat(path).then(() => true, () => false)) await fetchInto(path, pinned);
  if (digest("sha256", await Deno.readFile(path), "hex") !== pinned.sha256) {
    throw new Error(`Cannot build: the bundler ${path} is not the one that is known; remove it`);
  }
}
