/** A system without `/proc`, such as a bare chroot: a sentence, and no panic of Deno. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../cli.ts", import.meta.url));
const isRoot = Deno.uid() === 0;
if (!isRoot) console.error("SKIPPED: a system without /proc: only root can make one");

for (const command of ["heads", "self-test", "current"]) {
  Deno.test(`${command} without /proc`, { ignore: !isRoot }, async () => {
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
