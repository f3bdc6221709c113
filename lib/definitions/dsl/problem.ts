/**
 * What is wrong with a definition.
 *
 * @module
 */
import type { Node } from "../node.ts";

/** The keys that lead to a thing. */
export type Path = readonly string[];

/** What is wrong, and where. */
export interface Problem {
  /** Line in the text, from 1. */
  readonly line: number;
  readonly path: Path;
  readonly message: string;
}

/** Finds what is wrong with a thing. */
export type Check = (node: Node, path: Path) => readonly Problem[];

/** One problem, as a list. */
export function problem(node: Node, path: Path, message: string): readonly Problem[] {
  return [{ line: node.line, path, message }];
}
