/**
 * The manual pages, from the table of commands: one for the program, and one for each command.
 *
 * @module
 */
import { GLOBAL_OPTIONS } from "../lib/cli/argv/global_options.ts";
import { type Command, GROUPS, type OptionSpec } from "../lib/cli/command.ts";
import { capitalized } from "../lib/text/printable.ts";
import { COMMANDS } from "../lib/commands/table.ts";
import { PROGRAM, VERSION } from "./project.ts";

/** Text as roff takes it: no request at the start of a line, and hyphens that can be copied. */
function roff(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^([.'])/gm, "\\&$1")
    .replaceAll("`", "");
}

function option({ flags, metavar, withoutValue, help }: OptionSpec): string {
  const placeholder = metavar === null ? "" : `\\fI${roff(metavar)}\\fR`;
  const value = metavar === null
    ? ""
    : withoutValue === undefined
    ? ` ${placeholder}`
    : `[=${placeholder}]`;
  const names = flags.map((flag) => `\\fB${roff(flag)}\\fR${value}`).join(", ");
  return `.TP\n${names}\n${roff(capitalized(help))}\n`;
}

/** The commands of a group, each in one line. */
function groupText(group: Command["group"], title: string): string {
  const items = COMMANDS.filter((command) => command.group === group).map((command) =>
    `.TP\n\\fB${roff([command.name, ...command.aliases].join(", "))}\\fR\n${
      roff(command.summary)
    }\n`
  );
  return `.SS ${roff(title)}\n${items.join("")}`;
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
  ["2", "Wrong usage; plan: something is to be done; doctor: there are failures."],
  ["255", "Understood and refused, such as a revision that is not known."],
];

const listed = (items: readonly (readonly [string, string])[]): string =>
  items.map(([name, text]) => `.TP\n\\fB${roff(name)}\\fR\n${roff(text)}\n`).join("");

const titled = (name: string, date: number): string => {
  const day = new Date(date * 1000).toISOString().slice(0, 10);
  return `.TH ${roff(name.toUpperCase())} 1 "${day}" "${VERSION}" "User Commands"\n`;
};

/** The page of the program; the date is in seconds since 1970. */
function programPage(date: number): string {
  return [
    titled(PROGRAM, date),
    `.SH NAME\n${roff(PROGRAM)} \\- bring the database of OpenStack Mistral to another release\n`,
    `.SH SYNOPSIS\n\\fB${
      roff(PROGRAM)
    }\\fR [\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]\n`,
    ".SH DESCRIPTION\n" +
    roff(
      "Upgrades, checks and populates the database of OpenStack Mistral, on PostgreSQL, " +
        "MySQL/MariaDB and SQLite. Options may come before and after the command. Each command has a " +
        `page of its own, such as ${PROGRAM}-upgrade(1).\n`,
    ),
    ".SH COMMANDS\n",
    ...Object.entries(GROUPS).map(([group, title]) => groupText(group as Command["group"], title)),
    `.SH OPTIONS\n${GLOBAL_OPTIONS.map(option).join("")}`,
    `.SH EXIT STATUS\n${listed(EXIT_STATUS)}`,
    `.SH ENVIRONMENT\n${listed(ENVIRONMENT)}`,
    `.SH FILES\n${listed(FILES)}`,
  ].join("");
}

/** What a command is called with. */
function synopsis(command: Command): string {
  const args = Object.entries(command.positionals).map(([key, { required, several }]) => {
    const one = `\\fI${key}\\fR${several ? " ..." : ""}`;
    return required ? one : `[${one}]`;
  });
  const words = [`\\fB${roff(`${PROGRAM} ${command.name}`)}\\fR`, "[\\fIoptions\\fR]", ...args];
  return words.join(" ");
}

/** The page of a command. */
function commandPage(command: Command, date: number): string {
  const { name, aliases, summary, details, positionals, options, examples } = command;
  const explained = Object.entries(positionals)
    .map(([key, { help }]) => `.TP\n\\fI${key}\\fR\n${roff(capitalized(help))}\n`);
  const also = aliases.length > 0 ? ` Also called ${aliases.join(", ")}.` : "";
  const own = [...explained, ...Object.values(options).map(option)];
  return [
    titled(`${PROGRAM}-${name}`, date),
    `.SH NAME\n${roff(`${PROGRAM}-${name}`)} \\- ${
      roff(summary[0]!.toLowerCase() + summary.slice(1))
    }\n`,
    `.SH SYNOPSIS\n${synopsis(command)}\n`,
    `.SH DESCRIPTION\n${roff(`${summary}. ${details ?? ""}${also}`.trim())}\n`,
    `.SH OPTIONS\n${own.join("")}${own.length > 0 ? ".PP\n" : ""}`,
    `The options of \\fB${roff(PROGRAM)}\\fR(1) may be given too.\n`,
    `.SH EXAMPLES\n${
      examples.map(([line, words]) =>
        `.TP\n\\fB${roff(`${PROGRAM} ${line}`)}\\fR\n${roff(capitalized(words))}\n`
      ).join("")
    }`,
    `.SH SEE ALSO\n\\fB${roff(PROGRAM)}\\fR(1)\n`,
  ].join("");
}

/** All pages by the names of their files; the date is in seconds since 1970. */
export function manPages(date: number): ReadonlyMap<string, string> {
  return new Map([
    [`${PROGRAM}.1`, programPage(date)],
    ...COMMANDS.map((command) =>
      [`${PROGRAM}-${command.name}.1`, commandPage(command, date)] as const
    ),
  ]);
}
