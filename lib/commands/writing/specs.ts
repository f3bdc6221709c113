/**
 * Commands for whoever writes revisions. As data: what a command does is a file of its own, which nothing here loads.
 *
 * @module
 */
import { spec } from "../../cli/command.ts";
import { lockTimeout, revisionOptions } from "../shared/common_options.ts";

/** `revision`: writes the file of a new migration. */
export const revision = spec({
  name: "revision",
  group: "writing",
  summary: "Write the file of a new revision",
  positionals: {},
  options: {
    ...revisionOptions,
    autogenerate: {
      flags: ["--autogenerate"],
      type: "flag",
      metavar: null,
      help:
        "generate the operations that make the database match the models; the database must be at head",
    },
    sql: {
      flags: ["--sql"],
      type: "flag",
      metavar: null,
      help: "accepted and refused, as upstream does",
    },
    head: {
      flags: ["--head"],
      type: "string",
      metavar: "HEAD",
      values: "revision",
      help: "its parent revision (default: head)",
    },
    splice: {
      flags: ["--splice"],
      type: "flag",
      metavar: null,
      help: "allow a parent that is not a head; this starts a new branch",
    },
    dependsOn: {
      flags: ["--depends-on"],
      type: "strings",
      metavar: "REVISION",
      values: "revision",
      help: "a revision on another branch that must be applied before; may be given several times",
    },
  },
  examples: [
    ['revision --versions-path versions -m "add a column"', "a file to fill in"],
    [
      'revision --versions-path versions -m "as the models say" --autogenerate',
      "with the operations that make the database match the models",
    ],
  ],
});

/** `merge`: joins branches. */
export const merge = spec({
  name: "merge",
  group: "writing",
  summary: "Write the file of a revision that joins others",
  positionals: {
    revisions: {
      required: true,
      values: "revision",
      several: true,
      help: 'the revisions to merge, or "heads" for all heads',
    },
  },
  options: revisionOptions,
  examples: [
    ["merge --versions-path versions heads -m together", "one revision after all heads"],
  ],
});

/** `downgrade`: takes the database back to an older revision. */
export const downgrade = spec({
  name: "downgrade",
  group: "writing",
  summary: "Go back to an older revision",
  details: "Only revisions of a site can be reverted, where they say how; Mistral's own cannot.",
  positionals: {
    revision: {
      required: true,
      values: "revision",
      help: 'where to: a revision, -N for N revisions back, or "base"',
    },
  },
  options: { lockTimeout },
  examples: [
    ["downgrade --versions-path versions -1", "undo the last revision of a site"],
    ["downgrade --versions-path versions 045", "back to Mistral's newest revision"],
  ],
});
