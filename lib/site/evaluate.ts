/**
 * Evaluates the source text of a migration that is not part of the program. It is not imported by
 * its path: a compiled program cannot do that, and a migration's vocabulary is inside of the program.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";
import { OperatorError } from "../errors.ts";
import * as columns from "../operations/columns.ts";
import * as operations from "../operations/vocabulary.ts";
import { PACKAGE } from "./render.ts";

/** The vocabulary of migrations. */
const vocabulary: Readonly<Record<string, unknown>> = { ...columns, ...operations };

/** The global variable through which the evaluated text reaches the vocabulary. */
const REGISTERED = Symbol.for(`${PACKAGE}.vocabulary`);

/** Modules of this program, as a file beside its checkout would import them. */
const OWN_MODULES =
  /(^|\/)(lib\/operations\/(columns|vocabulary)|lib\/revisions\/migration|mod)\.ts$/;

const IMPORT = /^([ \t]*)import\b([^;'"]*?)(?:\bfrom\s*)?(["'])([^"'\n]+)\3[ \t]*;?/gm;

const position = (source: string, offset: number): string =>
  String(source.slice(0, offset).split("\n").length);

function refused(path: string, place: string, because: string, cause?: unknown): OperatorError {
  const where = place === "" ? path : `${path}:${place}`;
  return new OperatorError({ failed: `Cannot load ${where}`, because, cause });
}

/** The names between an import's braces, with their local names. */
function importedNames(clause: string): readonly (readonly [string, string])[] {
  const bare = clause.replaceAll(/\/\/.*|\/\*[^]*?\*\//g, "");
  const inner = /\{([^}]*)\}/.exec(bare)?.[1] ?? "";
  return inner.split(",").map((part) => part.trim()).filter((part) => part !== "").map((part) => {
    const [name, local = name] = part.split(/\s+as\s+/);
    return [name!.trim(), local!.trim()] as const;
  });
}

/** Takes an import's names from the vocabulary, in as many lines, so that positions stay right. */
function withoutImports(source: string, path: string): string {
  return source.replace(IMPORT, (whole, indent, clause, _quote, specifier, offset) => {
    const place = position(source, offset);
    if (specifier !== PACKAGE && !OWN_MODULES.test(specifier)) {
      throw refused(
        path,
        place,
        `it imports "${specifier}"; a migration may import from "${PACKAGE}" only`,
      );
    }
    const names = importedNames(clause);
    const unknown = names.find(([name]) => !Object.hasOwn(vocabulary, name));
    if (unknown || !clause.includes("{")) {
      const what = unknown ? `"${unknown[0]}"` : "more than names in braces";
      throw refused(path, place, `it imports ${what}, which "${PACKAGE}" does not have`);
    }
    const taken = names.map(([name, local]) => name === local ? name : `${name}: ${local}`);
    const breaks = "\n".repeat(whole.split("\n").length - 1);
    const key = JSON.stringify(Symbol.keyFor(REGISTERED));
    return `${indent}const { ${taken.join(", ")} } = globalThis[Symbol.for(${key})];${breaks}`;
  });
}

/** Parentheses are what a stack puts around an address. */
const url = (type: string, source: string): string =>
  `data:${type};charset=utf-8,${
    encodeURIComponent(source).replaceAll("(", "%28").replaceAll(")", "%29")
  }`;

/** The line and column of an error in an evaluated text; empty if unknown. */
function positionOf(error: Error): string {
  const text = `${error.stack ?? ""}\n${error.message}`;
  const found = /(?:data:[\w/]+;charset=utf-8,[^\s)]*?|stripTypeScriptTypes\.ts):(\d+:\d+)/;
  return found.exec(text)?.[1] ?? "";
}

/** An error's own words: the first line, without the address of the evaluated text. */
function wordsOf(error: Error): string {
  const [line = ""] = error.message.split("\n");
  return line.replace(/\s*at (data:|file:\/\/\/stripTypeScriptTypes)\S+/, "")
    .replace(/^SyntaxError: /, "");
}

/** Deno reports the place of a syntax error only on import. */
async function syntaxProblem(source: string, path: string, error: Error): Promise<OperatorError> {
  const located = await import(url("application/typescript", source)).then(() => error, (e) => e);
  const said = positionOf(located) === "" ? error : located;
  return refused(path, positionOf(said), wordsOf(said), error);
}

/**
 * The default export of a migration's source text, in TypeScript or in JavaScript.
 *
 * @param path What to call it in errors.
 * @throws {OperatorError} When it cannot be parsed, imports what it may not, or throws; names the
 * file, and the line where it is known.
 */
export async function evaluate(source: string, path: string): Promise<unknown> {
  Object.assign(globalThis, { [REGISTERED]: vocabulary });
  let script: string;
  try {
    script = path.endsWith(".ts") ? stripTypeScriptTypes(source) : source;
  } catch (error) {
    throw await syntaxProblem(source, path, error as Error);
  }
  const address = url("text/javascript", withoutImports(script, path));
  try {
    return (await import(address)).default;
  } catch (error) {
    if (!(error instanceof Error)) throw refused(path, "", String(error), error);
    throw refused(path, positionOf(error), wordsOf(error), error);
  }
}
