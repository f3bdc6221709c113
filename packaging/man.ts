/**
 * The manual page, from the table of commands.
 *
 * @module
 */
import type { Command, OptionSpec } from "../lib/cli/command.ts";
import { listedOptions } from "../lib/cli/argv/usage.ts";
import { COMMANDS } from "../lib/commands/table.ts";
import { PROGRAM, VERSION } from "./project.ts";

/** Text as roff takes it: no request at the start of a line, and hyphens that can be copied. */
function roff(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^([.'])/gm, "\\&$1")
    .replaceAll("`", "");
}

function option({ flags, metavar, help }: OptionSpec): string {
  const value = metavar === null ? "" : ` \\fI${roff(metavar)}\\fR`;
  const names = flags.map((flag) => `\\fB${roff(flag)}\\fR${value}`).join(", ");
  return `.TP\n${names}\n${roff(help)}\n`;
}

function commandText(command: Command): string {
  const { name, aliases, summary, positionals } = command;
  const args = Object.entries(positionals);
  const names = args.map(([key, { required }]) => required ? `\\fI${key}\\fR` : `[\\fI${key}\\fR]`);
  const title = [`\\fB${roff([name, ...aliases].join(", "))}\\fR`, ...names].join(" ");
  const explained = args.map(([key, { help }]) => `.TP\n\\fI${key}\\fR\n${roff(help)}\n`);
  const own = Object.values(command.options).map(option);
  const details = [...explained, ...own].join("");
  return `.TP\n${title}\n${roff(summary)}\n${details && `.RS\n${details}.RE\n`}`;
}

const FILES: readonly (readonly [string, string])[] = [
  [
    "~/.mistral/mistral.conf, ~/mistral.conf, /etc/mistral/mistral.conf, /etc/mistral.conf",
    "The first of these that is there is read, unless --config-file names others. [database] " +
    "connection is the URL of the database.",
  ],
  ["mistral.conf.d", "Directories of that name beside them; all *.conf files are read, sorted."],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["OS_DATABASE__CONNECTION", "URL of the database; wins over all files."],
];

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ["0", "Done."],
  ["1", "An error; one sentence on standard error says what to do."],
  ["2", "Wrong usage."],
  ["255", "Understood and refused, such as a revision that is not known."],
];

const listed = (items: readonly (readonly [string, string])[]): string =>
  items.map(([name, text]) => `.TP\n\\fB${roff(name)}\\fR\n${roff(text)}\n`).join("");

/** The page; the date is in seconds since 1970. */
export function manPage(date: number): string {
  const day = new Date(date * 1000).toISOString().slice(0, 10);
  return [
    `.TH ${PROGRAM.toUpperCase().replaceAll("-", "\\-")} 1 "${day}" "${VERSION}" "User Commands"\n`,
    `.SH NAME\n${roff(PROGRAM)} \\- bring the database of OpenStack Mistral to another release\n`,
    `.SH SYNOPSIS\n\\fB${
      roff(PROGRAM)
    }\\fR [\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]\n`,
    ".SH DESCRIPTION\n" +
    roff(
      "Upgrades, checks and populates the database of OpenStack Mistral, on PostgreSQL, " +
        "MySQL/MariaDB and SQLite. Options may stand before and after the command.\n",
    ),
    `.SH COMMANDS\n${COMMANDS.map(commandText).join("")}`,
    `.SH OPTIONS\n${listedOptions(null).map(option).join("")}`,
    `.SH EXIT STATUS\n${listed(EXIT_STATUS)}`,
    `.SH ENVIRONMENT\n${listed(ENVIRONMENT)}`,
    `.SH FILES\n${listed(FILES)}`,
  ].join("");
}
