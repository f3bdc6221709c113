/**
 * Commands that check. As data: what a command does is a file of its own, which nothing here loads.
 *
 * @module
 */
import { spec } from "../../cli/command.ts";

/** `doctor`: what is wrong with the database, or would go wrong with its upgrade. */
export const doctor = spec({
  name: "doctor",
  group: "checks",
  summary: "Check the database and what an upgrade needs",
  details:
    "Changes nothing. The table and the exit codes are those of OpenStack's upgrade checks: 0 all is well, 1 there are warnings, 2 there are failures, 255 the checks could not be made.",
  positionals: {},
  options: {},
  faultCode: 255,
  examples: [
    ["doctor", "all checks, as a table"],
    ["doctor --json", "for programs"],
  ],
});

/** `verify`: whether the schema is the one that the database's revision makes. */
export const verify = spec({
  name: "verify",
  group: "checks",
  summary: "Compare the schema with that of its revision",
  details:
    "The exit code is 1 where something is missing or different. What a site has added is harmless.",
  positionals: {},
  options: {
    fixSql: {
      flags: ["--fix-sql"],
      type: "flag",
      metavar: null,
      help: "print the statements that repair it, instead of the differences",
    },
  },
  examples: [
    ["verify", "the differences"],
    ["verify --fix-sql", "the statements that repair them"],
  ],
});

/** `check`: whether the database matches the models. */
export const check = spec({
  name: "check",
  group: "checks",
  summary: "Compare the schema with the models",
  details:
    "For whoever writes revisions: the database must be at head. The exit code is 1 where they differ.",
  positionals: {},
  options: {},
  examples: [
    ["check", "the differences from the models"],
    ["check --json", "for programs"],
  ],
});

/** `self-test`: whether this copy of the program is complete and works here. */
export const selfTest = spec({
  name: "self-test",
  group: "checks",
  summary: "Test this copy of the program",
  details: "With a database in memory; needs no server and no configuration.",
  positionals: {},
  options: {},
  examples: [
    ["self-test", "whether this copy of the program is complete"],
    ["self-test --json", "for programs"],
  ],
});
