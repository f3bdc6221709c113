/**
 * The layering rule of this project, as a plugin for `deno lint`: which folder may import from
 * which, which modules may touch a database package or know a server's name, and who may print or exit.
 *
 * @module
 */

/** Folders of `lib/`; each may import from itself and from those before it. */
export const LAYERS = [
  "text",
  "timing",
  "files",
  "schema",
  "sql",
  "operations",
  "revisions",
  "definitions",
  "servers",
  "plan",
  "engine",
  "site",
  "seeds",
  "api",
  "doctor",
  "pictures",
  "config",
  "cli",
  "commands",
] as const;

/** The only folder that imports packages that speak to databases. */
const DATABASE_LAYER = "servers";
const DATABASE_PACKAGES = /^(?:npm:)?(?:postgres|mysql2)(?:[@/].*)?$|^(?:node:)?sqlite$/;

/** The only folders that print. */
const PRINTING_LAYERS: readonly string[] = ["cli", "commands"];

/** The folders that put everything together, the migrations included. */
const OUTERMOST_LAYERS: readonly string[] = ["api", ...PRINTING_LAYERS];

/** The folder of the library. */
const LIBRARY = new URL("../../lib/", import.meta.url).pathname;

/** Where a module stands: its folder in `lib/`, or null outside; "" is `lib/` itself. */
function layerOf(path: string): string | null {
  if (!path.startsWith(LIBRARY)) return null;
  const parts = path.slice(LIBRARY.length).split("/");
  return parts.length === 1 ? "" : parts[0]!;
}

/** The folder that a relative import leads to. */
function targetLayer(importer: string, specifier: string): string | null {
  return layerOf(new URL(specifier, `file://${importer}`).pathname);
}

/** Why a module may not import something; null when it may. */
function importProblem(importer: string, specifier: string): string | null {
  const from = layerOf(importer);
  if (from === null) return null;
  if (DATABASE_PACKAGES.test(specifier)) {
    return from === DATABASE_LAYER ? null : `only lib/${DATABASE_LAYER} imports "${specifier}"`;
  }
  return specifier.startsWith(".")
    ? directionProblem(from, targetLayer(importer, specifier))
    : null;
}

/** Why a folder may not import from another; null when it may. `errors.ts` in `lib/` is for all. */
function directionProblem(from: string, to: string | null): string | null {
  if (to === "") return null;
  if (to === null) {
    const mayReachOut = OUTERMOST_LAYERS.includes(from);
    return mayReachOut
      ? null
      : `only lib/${OUTERMOST_LAYERS.join(", lib/")} import from outside lib/`;
  }
  const [own, other] = [from, to].map((layer) => (LAYERS as readonly string[]).indexOf(layer));
  if (other === -1) return `lib/${to} is not a known layer; add it to tests/tools/lint_layers.ts`;
  return own! >= other! ? null : `lib/${from} comes before lib/${to} and must not import from it`;
}

/**
 * The names of servers. No identifier may have one in it, nor a text that could be compared with a name,
 * or name a module or a URL: one without a blank. A text with blanks is a sentence for people.
 */
const SERVER_NAMES = /mysql|mariadb|postgres|sqlite|galera/i;

/** The list of what a migration's author can be specific about. */
const DIALECT_NAMES = "sql/dialect_name.ts";

/** Whether a module must not know which servers there are. */
function isBlindToServers(path: string): boolean {
  const layer = layerOf(path);
  return layer !== null && layer !== DATABASE_LAYER && path !== LIBRARY + DIALECT_NAMES;
}

/** Whether a literal is what an import calls a package. */
const isPackage = ({ parent, raw }: Deno.lint.Literal): boolean =>
  /^(?:Import|Export)/.test(parent.type) && !/^["']\./.test(raw);

/** Whether an expression is a member of a global, as in `console.log`. */
function isMember(node: Deno.lint.Expression, object: string, property?: string): boolean {
  return node.type === "MemberExpression" && node.object.type === "Identifier" &&
    node.object.name === object && node.property.type === "Identifier" &&
    (property === undefined || node.property.name === property);
}

/** Whether a module is the program itself, the only one that exits. */
function isProgram(path: string): boolean {
  return path.endsWith("/cli.ts");
}

const imports: Deno.lint.Rule = {
  create(context) {
    const check = (source: Deno.lint.StringLiteral | Deno.lint.Expression | null | undefined) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const message = importProblem(context.filename, source.value);
      if (message !== null) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};

const output: Deno.lint.Rule = {
  create(context) {
    const layer = layerOf(context.filename);
    if (layer === null || PRINTING_LAYERS.includes(layer)) return {};
    return {
      MemberExpression(node) {
        if (!isMember(node, "console")) return;
        context.report({ node, message: `only lib/${PRINTING_LAYERS.join(" and lib/")} print` });
      },
    };
  },
};

const exit: Deno.lint.Rule = {
  create(context) {
    if (layerOf(context.filename) === null || isProgram(context.filename)) return {};
    return {
      MemberExpression(node) {
        if (!isMember(node, "Deno", "exit") && !isMember(node, "process", "exit")) return;
        context.report({ node, message: "only cli.ts exits" });
      },
    };
  },
};

const servers: Deno.lint.Rule = {
  create(context) {
    if (!isBlindToServers(context.filename)) return {};
    const check = (node: Deno.lint.Node, text: string) => {
      if (!SERVER_NAMES.test(text) || /\s/.test(text)) return;
      const message =
        `only lib/${DATABASE_LAYER} knows "${text}"; ask the server for what it can do`;
      context.report({ node, message });
    };
    return {
      Identifier: (node) => check(node, node.name),
      // What a package is called is the business of the rule of imports.
      Literal: (node) => isPackage(node) || check(node, node.raw.replace(/^["']|["']$/g, "")),
      TemplateLiteral: (node) => check(node, node.quasis.map(({ raw }) => raw).join("…")),
    };
  },
};

const plugin: Deno.lint.Plugin = { name: "layers", rules: { imports, output, exit, servers } };
export default plugin;
