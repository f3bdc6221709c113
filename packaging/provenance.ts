/**
 * Where built files come from, as an in-toto statement: the commit, the Deno, the bundler, and the locked
 * packages.
 * Nothing in it differs between two builds of one commit.
 *
 * Source: https://slsa.dev/spec/v1.0/provenance
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { bundlerDigest, VERSION as BUNDLER } from "./bundler.ts";
import { commit, PROGRAM, ROOT, VERSION } from "./project.ts";
import type { Runtime } from "./runtime.ts";

const digestOf = async (path: string): Promise<string> =>
  createHash("sha256").update(await Deno.readFile(path)).digest("hex");

/** The statement about these files. */
export async function provenance(paths: readonly string[], runtime: Runtime): Promise<string> {
  const { os, arch, deno } = runtime;
  const subject = await Promise.all(
    paths.toSorted().map(async (path) => ({
      name: basename(path),
      digest: { sha256: await digestOf(path) },
    })),
  );
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject,
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: `urn:${PROGRAM}:package`,
        externalParameters: { version: VERSION, machine: `${os}-${arch}` },
        resolvedDependencies: [
          { name: "commit", digest: { gitCommit: await commit() } },
          { name: `deno ${Deno.version.deno}`, digest: { sha256: await digestOf(deno) } },
          { name: `esbuild ${BUNDLER}`, digest: { sha256: bundlerDigest() } },
          { name: "deno.lock", digest: { sha256: await digestOf(`${ROOT}deno.lock`) } },
        ],
      },
      runDetails: { builder: { id: `urn:${PROGRAM}:deno-task-package` } },
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}
