/** Files that the program writes, and what is in their place before. */
import assert from "node:assert/strict";
import { writeWhole } from "../../lib/files/output_file.ts";

Deno.test("a file keeps its mode, a link stays a link, a pipe stays a pipe", async () => {
  const directory = await Deno.makeTempDir();
  const file = `${directory}/script.sql`;
  await Deno.writeTextFile(file, "old", { mode: 0o600 });
  await writeWhole(file, "new");
  assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
  const link = `${directory}/link.sql`;
  await Deno.symlink(file, link);
  await writeWhole(link, "newer");
  assert.ok((await Deno.lstat(link)).isSymlink);
  assert.equal(await Deno.readTextFile(file), "newer");
  assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
  const dangling = `${directory}/dangling.sql`;
  await Deno.symlink(`${directory}/there.sql`, dangling);
  await writeWhole(dangling, "there");
  assert.equal(await Deno.readTextFile(`${directory}/there.sql`), "there");
  const pipe = `${directory}/pipe`;
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  const reading = new Deno.Command("cat", { args: [pipe], stdout: "piped" }).output();
  await writeWhole(pipe, "through");
  assert.equal(new TextDecoder().decode((await reading).stdout), "through");
  assert.ok((await Deno.lstat(pipe)).isFifo);
  const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
  assert.deepEqual(names.toSorted(), [
    "dangling.sql",
    "link.sql",
    "pipe",
    "script.sql",
    "there.sql",
  ]);
  await Deno.remove(directory, { recursive: true });
});
