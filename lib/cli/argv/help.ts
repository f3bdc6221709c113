/**
 * The help of the program and of its commands.
 *
 * @module
 */
import { type Command, GROUPS, type OptionSpec } from "../command.ts";
import { capitalized, wrapped } from "../../text/printable.ts";
import type { Styler } from "../output/style.ts";
import { PROGRAM } from "../program.ts";
import { GLOBAL_OPTIONS, HELP_OPTION, SECTIONS } from "./global_options.ts";
import { usage, written } from "./usage.ts";

/** The rightmost column at which explanations begin. */
const MAX_COLUMN = 24;

const ABOUT = "Brings the database of OpenStack Mistral from one release to the next.";

/** The options that SECTIONS has not. */
const OTHERS = "Accepted for upstream's sake";

/** What the help looks like. */
export interface HelpOptions {
  /** The width of the terminal. */
  readonly columns: number;
  readonly style: Styler;
  /** Whether the options are listed, too, that nobody needs. */
  readonly all?: boolean;
}

/** An item of the help: how it is written, and its explanation. */
interface Item {
  readonly text: string;
  readonly help: string;
}

/** Items under a title. */
interface Section {
  readonly title: string;
  readonly items: readonly Item[];
}

function optionItem(option: OptionSpec): Item {
  return {
    text: option.flags.map((flag) => written(option, flag)).join(", "),
    help: capitalized(option.help),
  };
}

/** The commands of each group. */
function commandSections(commands: readonly Command[]): readonly Section[] {
  return Object.entries(GROUPS).map(([group, title]) => ({
    title,
    items: commands.filter((command) => command.group === group).flatMap((
      { name, aliases, summary },
    ) => [
      { text: name, help: summary },
      ...aliases.map((text) => ({ text, help: `The same as ${name}` })),
    ]),
  }));
}

/** The global options by what they are about; those that nobody needs only if all are wanted. */
function optionSections(all: boolean): readonly Section[] {
  const named = new Set(Object.values(SECTIONS).flat());
  const find = (flag: string) => GLOBAL_OPTIONS.find(({ flags }) => flags.includes(flag))!;
  const others = GLOBAL_OPTIONS.filter(({ flags }) => !flags.some((flag) => named.has(flag)));
  return [
    ...Object.entries(SECTIONS).map(([title, flags]) => ({
      title: `${title} options`,
      items: flags.map((flag) => optionItem(find(flag))),
    })),
    ...(all ? [{ title: OTHERS, items: others.map(optionItem) }] : []),
  ];
}

function sectionsOf(command: Command): readonly Section[] {
  const { positionals, options } = command;
  return [
    {
      title: "Arguments",
      items: Object.entries(positionals).map(([text, { help }]) => ({
        text,
        help: capitalized(help),
      })),
    },
    { title: "Options", items: [...Object.values(options), HELP_OPTION].map(optionItem) },
  ];
}

/** The explanation stands beside the item, or below it when the item is too long. */
function explained({ text, help }: Item, column: number, width: number): readonly string[] {
  const [first = "", ...rest] = wrapped(help, Math.max(width - column, 11));
  const margin = " ".repeat(column);
  const fits = text.length + 4 <= column;
  return [
    ...(fits ? [`  ${text}`.padEnd(column) + first] : [`  ${text}`, margin + first]),
    ...rest.map((line) => margin + line),
  ];
}

/** A command line is not broken, so that it can be copied. */
function examplesOf({ examples }: Command, width: number, style: Styler): string {
  const lines = examples.flatMap(([line, words]) => [
    `  ${PROGRAM} ${line}`,
    ...wrapped(words, width - 6).map((text) => `      ${text}`),
  ]);
  return [style("bold", "Examples:"), ...lines].join("\n");
}

/** The help of the program (null) or a command. */
export function help(
  command: Command | null,
  commands: readonly Command[],
  { columns, style, all = false }: HelpOptions,
): string {
  const width = columns - 2;
  const paragraph = (text: string) => wrapped(text, width).join("\n");
  const sections = (
    command === null ? [...commandSections(commands), ...optionSections(all)] : sectionsOf(command)
  ).filter(({ items }) => items.length > 0);
  const longest = Math.max(
    ...sections.flatMap(({ items }) => items).map(({ text }) => text.length),
  );
  const column = Math.min(longest + 4, MAX_COLUMN, Math.floor(width / 2));
  const more = command === null
    ? `\`${PROGRAM} COMMAND --help\` explains a command and has examples; the options above may come ` +
      "before or after it."
    : `The options of \`${PROGRAM} --help\` may be given here too.`;
  return [
    usage(command),
    paragraph(command === null ? ABOUT : `${command.summary}.`),
    ...(command?.details ? [paragraph(command.details)] : []),
    ...sections.map(({ title, items }) =>
      [style("bold", `${title}:`), ...items.flatMap((item) => explained(item, column, width))].join(
        "\n",
      )
    ),
    ...(command === null ? [] : [examplesOf(command, width, style)]),
    paragraph(more),
  ].join("\n\n") + "\n";
}
