/**
 * The help of the program and of its commands, laid out as argparse does.
 *
 * @module
 */
import type { Command, OptionSpec } from "../command.ts";
import { PROGRAM } from "../program.ts";
import { choices, filled, listedOptions, usage, written } from "./usage.ts";

/** The rightmost column at which explanations begin. */
const MAX_COLUMN = 24;

/** Refers to the options that every command takes. */
const MORE_OPTIONS = `The options of \`${PROGRAM} --help\` may be given here too.`;

/** An item of the help: how it is written, and its explanation. */
interface Item {
  readonly text: string;
  readonly help: string;
  readonly indent: number;
}

/** Items under a title. */
interface Section {
  readonly title: string;
  readonly items: readonly Item[];
}

/** The help of the program (null) or a command, for a terminal of that many columns. */
export function help(
  command: Command | null,
  columns: number,
  commands: readonly Command[],
): string {
  const width = columns - 2;
  const shown = (command === null ? programSections(commands) : commandSections(command))
    .filter(({ items }) => items.length > 0);
  const longest = Math.max(...shown.flatMap(({ items }) => items).map(({ text }) => text.length));
  const column = Math.min(longest + 4, MAX_COLUMN);
  const summary = command === null ? [] : [paragraph(command.summary, width)];
  const sections = shown.map(({ title, items }) =>
    [`${title}:`, ...items.flatMap((item) => explained(item, column, width))].join("\n")
  );
  const more = command === null ? [] : [paragraph(MORE_OPTIONS, width)];
  return [usage(command, width, commands), ...summary, ...sections, ...more].join("\n\n") + "\n";
}

function paragraph(text: string, width: number): string {
  return filled(text.split(" "), width).join("\n");
}

function programSections(commands: readonly Command[]): readonly Section[] {
  const items = commands.map(({ name, aliases, summary }) => ({
    text: [name, ...aliases].join(", "),
    help: summary,
    indent: 4,
  }));
  return [
    { title: "options", items: listedOptions(null).map(optionItem) },
    {
      title: "Command",
      items: [{ text: choices(commands), help: "Available commands", indent: 2 }, ...items],
    },
  ];
}

function commandSections(command: Command): readonly Section[] {
  const positionals = Object.entries(command.positionals);
  return [
    {
      title: "positional arguments",
      items: positionals.map(([text, { help }]) => ({ text, help, indent: 2 })),
    },
    { title: "options", items: listedOptions(command).map(optionItem) },
  ];
}

function optionItem(option: OptionSpec): Item {
  const text = option.flags.map((flag) => written(option, flag)).join(", ");
  return { text, help: option.help, indent: 2 };
}

/** The explanation stands beside the item, or below it when the item is too long. */
function explained({ text, help, indent }: Item, column: number, width: number): readonly string[] {
  const [first = "", ...rest] = filled(help.split(" "), Math.max(width - column, 11));
  const margin = " ".repeat(column);
  const item = " ".repeat(indent) + text;
  const fits = item.length + 2 <= column;
  return [
    ...(fits ? [item.padEnd(column) + first] : [item, margin + first]),
    ...rest.map((line) => margin + line),
  ];
}
