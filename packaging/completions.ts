/**
 * Completions for shells, from the table of commands.
 *
 * @module
 */
import { listedOptions } from "../lib/cli/argv/usage.ts";
import type { Command, OptionSpec } from "../lib/cli/command.ts";
import { COMMANDS } from "../lib/commands/table.ts";
import { PROGRAM } from "./project.ts";

const FUNCTION = `_${PROGRAM.replaceAll("-", "_")}`;

const flagsOf = (options: readonly OptionSpec[]): readonly string[] =>
  options.flatMap(({ flags }) => flags);

const namesOf = ({ name, aliases }: Command): readonly string[] => [name, ...aliases];

const globalFlags = flagsOf(listedOptions(null));

const takesFile = /FILE|PATH|DIR/;

/** The options whose value is a file or a directory. */
const fileFlags = flagsOf(
  [...listedOptions(null), ...COMMANDS.flatMap(({ options }) => Object.values(options))]
    .filter(({ metavar }) => metavar !== null && takesFile.test(metavar)),
);

/** For bash. */
export function bashCompletion(): string {
  const cases = COMMANDS.map((command) =>
    `    ${namesOf(command).join(" | ")}) words="${flagsOf(listedOptions(command)).join(" ")}" ;;`
  );
  return `# bash completion for ${PROGRAM}
${FUNCTION}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} word words=
  case $previous in
    ${[...new Set(fileFlags)].join(" | ")})
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
  esac
  local commands="${COMMANDS.flatMap(namesOf).join(" ")}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
${cases.map((line) => `  ${line}`).join("\n")}
    esac
  done
  case $current in
    -*) words="$words ${globalFlags.join(" ")}" ;;
    *) [[ -n $words ]] || words=$commands ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F ${FUNCTION} ${PROGRAM}
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** For zsh. */
export function zshCompletion(): string {
  const option = ({ flags, metavar, help }: OptionSpec) => {
    const about = help.replace(/[[\]:\\]/g, "\\$&");
    const value = metavar === null ? "" : `:${metavar}:${takesFile.test(metavar) ? "_files" : ""}`;
    return flags.map((flag) => `    ${quoted(`*${flag}[${about}]${value}`)}`);
  };
  const options = (list: readonly OptionSpec[]) => list.flatMap(option).join(" \\\n");
  const commands = COMMANDS.flatMap((command) =>
    namesOf(command).map((name) => `    ${quoted(`${name}:${command.summary}`)}`)
  );
  const cases = COMMANDS.map((command) =>
    `    ${namesOf(command).join("|")}) _arguments \\\n${options(listedOptions(command))} ;;`
  );
  return `#compdef ${PROGRAM}
local -a commands
commands=(
${commands.join("\n")}
)
_arguments -C \\
${options(listedOptions(null))} \\
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
  const option = (condition: string, { flags, metavar, help }: OptionSpec) => {
    const names = flags.map((flag) =>
      flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
    );
    const value = metavar === null ? "" : takesFile.test(metavar) ? " -r -F" : " -x";
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
    return Object.values(command.options).map((spec) => option(condition, spec));
  });
  const shared = listedOptions(null).map((spec) => option("", spec));
  return [...commands, ...shared, ...own, ""].join("\n");
}
