/**
 * Completions for shells, from the table of commands.
 *
 * @module
 */
import { GLOBAL_OPTIONS, HELP_OPTION } from "../lib/cli/argv/global_options.ts";
import type { Command, Completed, OptionSpec } from "../lib/cli/command.ts";
import { COMMANDS } from "../lib/commands/table.ts";
import { RELEASES } from "../lib/revisions/target/releases.ts";
import { migrations } from "../migrations/mod.ts";
import { PROGRAM } from "./project.ts";

const FUNCTION = `_${PROGRAM.replaceAll("-", "_")}`;

/** What a revision can be called: newest first, since these are wanted most. */
const REVISIONS = [
  ...["head", "base"],
  ...RELEASES.map(({ series }) => series).toReversed(),
  ...migrations.map(({ id }) => id).toReversed(),
];

const optionsOf = ({ options }: Command): readonly OptionSpec[] => [
  ...Object.values(options),
  HELP_OPTION,
];

const flagsOf = (options: readonly OptionSpec[]): readonly string[] =>
  options.flatMap(({ flags }) => flags);

const namesOf = ({ name, aliases }: Command): readonly string[] => [name, ...aliases];

/** The words that a value can be; empty where it is a file, or anything. */
function wordsOf(values: Completed | undefined): readonly string[] {
  if (values === "revision") return REVISIONS;
  return typeof values === "object" ? values : [];
}

const isPath = (values: Completed | undefined): boolean =>
  values === "file" || values === "directory";

/** The words that the positional arguments of a command can be. */
const argumentsOf = ({ positionals }: Command): readonly string[] => [
  ...new Set(Object.values(positionals).flatMap(({ values }) => wordsOf(values))),
];

const ALL_OPTIONS = [...GLOBAL_OPTIONS, ...COMMANDS.flatMap(optionsOf)];

/** One case of a shell's `case`: flags, and what completes the word after them. */
function bashCase(flags: readonly string[], action: string): readonly string[] {
  const patterns = [...new Set(flags)].join(" | ");
  return patterns === "" ? [] : [`    ${patterns})`, `      ${action}`, "      return", "      ;;"];
}

/** For bash. */
export function bashCompletion(): string {
  const valued = Map.groupBy(
    ALL_OPTIONS.filter(({ values }) => wordsOf(values).length > 0),
    ({ values }) => wordsOf(values).join(" "),
  );
  const complete = (words: string) =>
    `mapfile -t COMPREPLY < <(compgen -W "${words}" -- "$current")`;
  const cases = COMMANDS.flatMap((command) => [
    `      ${namesOf(command).join(" | ")})`,
    `        options="${flagsOf(optionsOf(command)).join(" ")}"`,
    `        words="${argumentsOf(command).join(" ")}"`,
    "        ;;",
  ]);
  return `# bash completion for ${PROGRAM}
${FUNCTION}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} word options=
  local words="${COMMANDS.flatMap(namesOf).join(" ")}"
  case $previous in
${
    bashCase(
      flagsOf(ALL_OPTIONS.filter(({ values }) => isPath(values))),
      'mapfile -t COMPREPLY < <(compgen -f -- "$current")',
    ).join("\n")
  }
${[...valued].flatMap(([words, options]) => bashCase(flagsOf(options), complete(words))).join("\n")}
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
${cases.join("\n")}
    esac
  done
  case $current in
    -*) words="$options ${flagsOf(GLOBAL_OPTIONS).join(" ")}" ;;
  esac
  ${complete("$words")}
}
complete -F ${FUNCTION} ${PROGRAM}
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** For zsh. */
export function zshCompletion(): string {
  const option = ({ flags, metavar, help, values }: OptionSpec) => {
    const about = help.replace(/[[\]:\\]/g, "\\$&");
    const words = wordsOf(values).length > 0 ? `(${wordsOf(values).join(" ")})` : "";
    const value = metavar === null ? "" : `:${metavar}:${isPath(values) ? "_files" : words}`;
    return flags.map((flag) => `    ${quoted(`*${flag}[${about}]${value}`)}`);
  };
  const options = (list: readonly OptionSpec[]) => list.flatMap(option).join(" \\\n");
  const commands = COMMANDS.flatMap((command) =>
    namesOf(command).map((name) => `    ${quoted(`${name}:${command.summary}`)}`)
  );
  const positional = (command: Command) => {
    const words = argumentsOf(command);
    return words.length === 0 ? "" : ` \\\n    ${quoted(`*:revision:(${words.join(" ")})`)}`;
  };
  const cases = COMMANDS.map((command) =>
    `    ${namesOf(command).join("|")}) _arguments \\\n${
      options([...Object.values(command.options), ...GLOBAL_OPTIONS])
    }${positional(command)} ;;`
  );
  return `#compdef ${PROGRAM}
local -a commands
commands=(
${commands.join("\n")}
)
_arguments -C \\
${options(GLOBAL_OPTIONS)} \\
    '1:command:->command' '*::argument:->argument'
case $state in
  command) _describe command commands ;;
  argument)
    case $words[1] in
${cases.join("\n")}
    esac ;;
esac
`;
}

/** For fish. */
export function fishCompletion(): string {
  const option = (condition: string, { flags, metavar, help, values }: OptionSpec) => {
    const names = flags.map((flag) =>
      flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
    );
    const words = wordsOf(values);
    const list = words.length > 0 ? ` -a ${quoted(words.join(" "))}` : "";
    const value = metavar === null ? "" : isPath(values) ? " -r -F" : ` -x${list}`;
    return `complete -c ${PROGRAM}${condition} ${names.join(" ")}${value} -d ${quoted(help)}`;
  };
  const all = COMMANDS.flatMap(namesOf).join(" ");
  const commands = COMMANDS.flatMap((command) =>
    namesOf(command).map((name) =>
      `complete -c ${PROGRAM} -f -n 'not __fish_seen_subcommand_from ${all}' -a ${name} ` +
      `-d ${quoted(command.summary)}`
    )
  );
  const own = COMMANDS.flatMap((command) => {
    const condition = ` -n '__fish_seen_subcommand_from ${namesOf(command).join(" ")}'`;
    const words = argumentsOf(command);
    return [
      ...(words.length > 0
        ? [`complete -c ${PROGRAM} -f${condition} -a ${quoted(words.join(" "))}`]
        : []),
      ...Object.values(command.options).map((spec) => option(condition, spec)),
    ];
  });
  const shared = GLOBAL_OPTIONS.map((spec) => option("", spec));
  return [...commands, ...shared, ...own, ""].join("\n");
}
