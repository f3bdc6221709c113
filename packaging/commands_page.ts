/**
 * `docs/commands.md`, from the table of commands.
 *
 * @module
 */
import { GLOBAL_OPTIONS } from "../lib/cli/argv/global_options.ts";
import { usage, written } from "../lib/cli/argv/usage.ts";
import { type Command, GROUPS, type OptionSpec } from "../lib/cli/command.ts";
import { capitalized } from "../lib/text/printable.ts";
import { COMMANDS } from "../lib/commands/table.ts";
import { PROGRAM } from "./project.ts";

/** Text of a cell: a bar would end it. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("*", "\\*");

function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return rows.length === 0
    ? []
    : [line(titles), line(titles.map(() => "---")), ...rows.map(line), ""];
}

const optionRow = (option: OptionSpec): readonly string[] => [
  option.flags.map((flag) => `\`${written(option, flag)}\``).join(", "),
  cell(capitalized(option.help)),
];

function section(command: Command): readonly string[] {
  const { name, aliases, summary, details, positionals, options, examples } = command;
  const also = aliases.map((alias) => ` Also called \`${alias}\`.`).join("");
  return [
    `### ${name}`,
    "",
    `${summary}. ${details ?? ""}${also}`.trim(),
    "",
    "```text",
    usage(command).replace("usage: ", ""),
    "```",
    "",
    ...table(
      ["argument", "what it is"],
      Object.entries(positionals).map(([key, { help }]) => [`\`${key}\``, cell(capitalized(help))]),
    ),
    ...table(["option", "what it does"], Object.values(options).map(optionRow)),
    ...table(
      ["example", "what it does"],
      examples.map(([line, words]) => [`\`${PROGRAM} ${line}\``, cell(capitalized(words))]),
    ),
  ];
}

/** The page. */
export function commandsPage(): string {
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => [
    `## ${title}`,
    "",
    ...COMMANDS.filter((command) => command.group === group).flatMap(section),
  ]);
  return [
    "# Commands",
    "",
    "<!-- Written by `deno task fixtures` from the table of commands; a test compares it. -->",
    "",
    "The options of all commands, which may come before or after the command, are at the end.",
    "",
    ...groups,
    "## Options of all commands",
    "",
    ...table(["option", "what it does"], GLOBAL_OPTIONS.map(optionRow)),
  ].join("\n");
}
