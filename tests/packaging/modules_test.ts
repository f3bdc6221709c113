/** What a compiled program holds: that nothing which is read at run time is forgotten. */
import assert from "node:assert/strict";
import { must, ROOT } from "./builds.ts";

interface Module {
  readonly specifier: string;
  readonly error?: string;
  readonly dependencies?: readonly {
    readonly code?: { readonly specifier: string };
    readonly isDynamic?: boolean;
  }[];
}

interface Graph {
  readonly roots: readonly string[];
  readonly modules: readonly Module[];
}

/** What is loaded before the program does anything. */
function loadedFirst({ roots, modules }: Graph): ReadonlySet<string> {
  const byName = new Map(modules.map((one) => [one.specifier, one]));
  const loaded = new Set(roots);
  for (const name of loaded) {
    for (const { code, isDynamic } of byName.get(name)?.dependencies ?? []) {
      if (code && !isDynamic) loaded.add(code.specifier);
    }
  }
  return loaded;
}

function filesIn(directory: string): readonly string[] {
  return Array.from(Deno.readDirSync(directory)).flatMap(({ name, isDirectory }) =>
    isDirectory ? filesIn(`${directory}/${name}`) : [`${directory}/${name}`]
  );
}

Deno.test("the program's modules hold all migrations, seeds and drivers", async () => {
  const { modules } = JSON.parse(
    await must(Deno.execPath(), ["info", "--json", "cli.ts"], { cwd: ROOT }),
  ) as Graph;
  const found = new Set(modules.map(({ specifier }) => specifier));
  assert.deepEqual(modules.filter(({ error }) => error !== undefined), []);
  const needed = [
    "migrations",
    "lib/servers",
    "lib/definitions",
    "lib/seeds",
    "lib/engine",
  ]
    .flatMap((folder) => filesIn(`${ROOT}${folder}`));
  // These only gather what the library's users are given, or hold types alone.
  const missing = needed.filter((path) => !found.has(`file://${path}`));
  assert.deepEqual(missing.filter((path) => !/\/mod\.ts$/.test(path)), []);
  for (const name of ["postgres@", "mysql2@"]) {
    assert.ok([...found].some((specifier) => specifier.includes(`npm:/${name}`)), name);
  }
});

Deno.test("deno install puts the checkout's program on the PATH, as the README says", async () => {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-install-" });
  try {
    const readme = await Deno.readTextFile(`${ROOT}README.md`);
    const [command] = /^deno install --global .*$/m.exec(readme)!;
    await must("sh", [
      "-c",
      command.replace("deno install", '"$DENO" install --root "$ROOT_DIRECTORY"'),
    ], {
      cwd: ROOT,
      env: { DENO: Deno.execPath(), ROOT_DIRECTORY: directory },
    });
    const path = `${directory}/bin/mistral-db-manage`;
    const PATH = `${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}`;
    const said = await must(path, ["self-test"], { cwd: directory, env: { PATH } });
    assert.match(said, /\nAll checks passed\n$/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("to begin, the program loads what reads the command line, and no more", async () => {
  const graph: Graph = JSON.parse(
    await must(Deno.execPath(), ["info", "--json", "cli.ts"], { cwd: ROOT }),
  );
  const folders = [...loadedFirst(graph)].map((name) => name.replace(`file://${ROOT}lib/`, ""))
    .filter((name) => !/^(cli|text)\/|^commands\/(\w+\/)?(specs|table)\.ts$/.test(name));
  assert.deepEqual(folders.toSorted(), [
    "commands/shared/common_options.ts",
    "commands/shared/creation.ts",
    "config/option_types.ts",
    "config/options.ts",
    "engine/options.ts",
    "errors.ts",
    `file://${ROOT}cli.ts`,
    "servers/connecting/url/secret.ts",
    "servers/names.ts",
  ]);
});
