/**
 * The bill of materials, in CycloneDX 1.5, from the lock file.
 *
 * @module
 */
import type { Runtime } from "./runtime.ts";
import { createHash } from "node:crypto";
import { PROGRAM, ROOT, VERSION } from "./project.ts";

interface Lockfile {
  readonly npm: Readonly<Record<string, { readonly integrity: string }>>;
}

/** Packages with types alone; nothing of them is in the program. */
const TYPES_ONLY = /^(@types\/|undici-types$)/;

/** `name@1.0.0_peer@2.0.0` in the lock file is version 1.0.0 of that name. */
function component(key: string, integrity: string) {
  const at = key.indexOf("@", 1);
  const [name, version] = [key.slice(0, at), key.slice(at + 1).replace(/_.*$/, "")];
  const [algorithm, digest] = integrity.split("-");
  return {
    type: "library",
    name,
    version,
    scope: TYPES_ONLY.test(name) ? "excluded" : "required",
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    hashes: [{
      alg: algorithm!.replace("sha", "SHA-"),
      content: Uint8Array.fromBase64(digest!).toHex(),
    }],
  };
}

/** A UUID that is always the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${
    hex.slice(20, 32)
  }`;
}

/** The document; the date is in seconds since 1970. */
export async function sbom(date: number, { deno: executable }: Runtime): Promise<string> {
  const text = await Deno.readTextFile(`${ROOT}deno.lock`);
  const { npm } = JSON.parse(text) as Lockfile;
  const deno = createHash("sha256").update(await Deno.readFile(executable)).digest("hex");
  const runtime = {
    type: "platform",
    name: "deno",
    version: Deno.version.deno,
    scope: "required",
    purl: `pkg:github/denoland/deno@v${Deno.version.deno}`,
    hashes: [{ alg: "SHA-256", content: deno }],
  };
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    serialNumber: `urn:uuid:${uuidOf(`${PROGRAM} ${VERSION} ${date} ${text}`)}`,
    version: 1,
    metadata: {
      timestamp: new Date(date * 1000).toISOString(),
      component: {
        type: "application",
        name: PROGRAM,
        version: VERSION,
        licenses: [{ license: { id: "Apache-2.0" } }],
      },
    },
    components: [
      runtime,
      ...Object.entries(npm).map(([key, { integrity }]) => component(key, integrity)),
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
