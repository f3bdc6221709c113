/**
 * What an ad-hoc action is made of.
 *
 * @module
 */
import { all, anything, type Check, dictionary, fields } from "./check.ts";
import { balanced } from "./expression.ts";
import { call, parameters, text, texts, version } from "./values.ts";

/** An action that calls another one with some input settled. */
export const checkAction: Check = all(
  fields("an action", {
    known: {
      name: text,
      version,
      description: text,
      tags: texts,
      base: call,
      "base-input": dictionary,
      input: parameters,
      output: anything,
    },
    required: ["base"],
  }),
  balanced,
);
