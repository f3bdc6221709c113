/**
 * A problem in a definition.
 *
 * @module
 */
import type { Node } from "../node.ts";

/** The keys that lead to a node. */
export type Path = readonly string[];

/** A problem and its place. */
export interface Problem {
  /** Line in the text, from 1. */
  readonly line: number;
  readonly path: Path;
  readonly message: string;
}

/** Finds the problems of a node. */
export type Check = (node: Node, path: Path) => readonly Problem[];

/** A list of one problem. */
export function problem(node: Node, path: Path, message: string): readonly Problem[] {
  return [{ line: node.line, path, message }];
}
