/** What builds fetch is compared with the digests that are written down, whether it is new or was there. */
import assert from "node:assert/strict";
import { bundlerDigest, checkBundler, VERSION } from "../../packaging/bundler.ts";
import { checkPackage, MACHINES } from "../../packaging/runtime.ts";

const DIRECTORY = Deno.build.arch === "x86_64" ? "linux-x64" : "linux-arm64";

async function inDirectory(action: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-pinned-" });
  await action(directory).finally(() => Deno.remove(directory, { recursive: true }));
}

Deno.test("another bundler in Deno's cache is refused before it runs", () =>
  inDirectory(async (cache) => {
    const folder = `${cache}/dl/esbuild-${VERSION}-1`;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}/esbuild-${DIRECTORY}`, "#!/bin/sh\n", { mode: 0o755 });
    await assert.rejects(
      checkBundler(cache),
      /^Error: Cannot build: the bundler .* is not the one/,
    );
    assert.match(bundlerDigest(), /^[0-9a-f]{64}$/);
  }));

Deno.test("another bundler from the registry is refused before it runs", () =>
  inDirectory(async (cache) => {
    await using server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      () => new Response("not the package"),
    );
    Deno.env.set("NPM_CONFIG_REGISTRY", `http://127.0.0.1:${server.addr.port}`);
    try {
      await assert.rejects(checkBundler(cache), /does not have the digest that is known of it/);
      await assert.rejects(Deno.stat(`${cache}/dl`));
    } finally {
      Deno.env.delete("NPM_CONFIG_REGISTRY");
    }
  }));

Deno.test("a package with another Deno is refused, also if it was fetched before", () =>
  inDirectory(async (directory) => {
    for (const { npm, integrity } of Object.values(MACHINES)) {
      assert.equal(Uint8Array.fromBase64(integrity).length, 64, npm);
      const path = `${directory}/${npm}.tgz`;
      await Deno.writeTextFile(path, "another");
      await assert.rejects(checkPackage(path, integrity), /does not have the digest that is known/);
    }
  }));
