/** A system without `/proc`, such as a bare chroot: a sentence, and no panic of Deno. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { isSkipped, mounts } from "../tools/needs.ts";

const CLI = fileURLToPath(new URL("../../cli.ts", import.meta.url));
const ignore = await isSkipped("a system without /proc", mounts);

for (const command of ["heads", "self-test", "current"]) {
  Deno.test(`${command} without /proc`, { ignore }, async () => {
    const script = `mount -t tmpfs none /proc; exec "$0" run -A --no-config "$1" ${command}`;
    const { code, stderr } = await new Deno.Command("unshare", {
      args: ["-m", "sh", "-c", script, Deno.execPath(), CLI],
    }).output();
    const said = new TextDecoder().decode(stderr);
    assert.equal(code, 1, said);
    assert.match(said, /^Cannot run without \/proc, in which Deno finds itself; run "mount /m);
    assert.doesNotMatch(said, /panicked/);
  });
}
