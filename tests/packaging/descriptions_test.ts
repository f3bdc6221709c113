/** What is made of the table of commands: manual pages, completions for shells, `docs/commands.md`. */
import assert from "node:assert/strict";
import { COMMANDS } from "../../lib/commands/table.ts";
import { bashCompletion, fishCompletion, zshCompletion } from "../../packaging/completions.ts";
import { commandsPage } from "../../packaging/commands_page.ts";
import { manPages } from "../../packaging/man.ts";
import { installed, isSkipped, terminals } from "../tools/needs.ts";
import { isRenewing } from "../tools/fixtures.ts";

const PAGE = new URL("../../docs/commands.md", import.meta.url);

Deno.test("docs/commands.md says what the table of commands says", async () => {
  const page = await formatted(commandsPage());
  if (isRenewing) await Deno.writeTextFile(PAGE, page);
  assert.equal(await Deno.readTextFile(PAGE), page, "run deno task fixtures");
});

/** Runs a program on a text. */
async function fed(command: string, args: readonly string[], text: string): Promise<string> {
  const child = new Deno.Command(command, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { stdout, stderr } = await child.output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

const formatted = (text: string) => fed(Deno.execPath(), ["fmt", "--ext", "md", "-"], text);

const MANDOC = {
  ignore: await isSkipped("manual pages", installed(["mandoc"], ["mandoc"])),
};

Deno.test("every manual page is as mandoc wants it", MANDOC, async () => {
  const pages = manPages(1_700_000_000);
  assert.equal(pages.size, COMMANDS.length + 1);
  for (const [name, page] of pages) {
    assert.equal(await fed("mandoc", ["-Tlint", "-Wwarning"], page), "", name);
    const shown = (await fed("mandoc", ["-Tascii"], page)).replace(/.[\b]/g, "");
    assert.match(shown, /^SYNOPSIS\n +mistral-db-manage.*\[options\]/m);
  }
});

/** What is typed, and what some of the offered words are. */
const TYPED: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [["upgrade", "ze"], ["zed"]],
  [["plan", "--dialect", "my"], ["mysql"]],
  [["upgrade", "--del"], ["--delta"]],
  [["upg"], ["upgrade"]],
  [["upgrade", "2025"], ["2025.1", "2025.2"]],
  [["upgrade", "04"], ["040", "041", "042", "043", "044", "045"]],
  [["upgrade", "--conf"], ["--config-dir", "--config-file"]],
  [["--json", "st"], ["stamp"]],
];

/** Types the words, and gives what the shell offers: these, if it is right. */
type Completer = (words: readonly string[], offered: readonly string[]) => Promise<string>;

const SHELLS: Readonly<Record<string, Completer>> = {
  bash: (words) =>
    fed(
      "bash",
      ["--norc"],
      `${bashCompletion()}
COMP_WORDS=(mistral-db-manage ${words.join(" ")}); COMP_CWORD=${words.length}
_mistral_db_manage; printf '%s\\n' "\${COMPREPLY[@]}"
`,
    ),
  async fish(words) {
    const file = await Deno.makeTempFile({ suffix: ".fish" });
    try {
      await Deno.writeTextFile(file, fishCompletion());
      const line = ["mistral-db-manage", ...words].join(" ");
      return (await fed("fish", ["--no-config"], `source ${file}; complete -C '${line}'\n`))
        .replace(/\t.*$/gm, "");
    } finally {
      await Deno.remove(file);
    }
  },
  /** zsh offers words at a prompt alone, so it is given a terminal of its own, and time. */
  async zsh(words, offered) {
    const directory = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${directory}/_mistral-db-manage`, zshCompletion());
      const begin =
        `fpath=(${directory} $fpath); autoload -Uz compinit; compinit -u -D -d ${directory}/d; ` +
        "PS1=; zstyle ':completion:*' list-prompt ''; LISTMAX=1000; bindkey '^I' complete-word; setopt no_beep";
      const quoted = (text: string) => JSON.stringify(text).replaceAll("$", "\\$");
      const line = ["mistral-db-manage", ...words].join(" ");
      const script = `zmodload zsh/zpty
said=
listen() { while zpty -r -t shell piece; do said+=$piece; done; sleep 0.1 }
heard() { for word in "$@"; do [[ $said == *"$word"* ]] || return 1; done }
zpty shell zsh -f -i
zpty -w shell ${quoted(`${begin}; print re''ady`)}
until heard ready || (( SECONDS > 300 )); do listen; done
zpty -w -n shell ${quoted(line)}
until heard ${offered.map(quoted).join(" ")} || (( SECONDS > 300 )); do
  zpty -w -n shell $'\\t'
  repeat 7; do listen; done
done
print -r -- $said
kill -KILL $$
`;
      return await fed("zsh", ["-f"], script);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
};

for (const [shell, complete] of Object.entries(SHELLS)) {
  const needs = [installed([shell], [shell]), ...(shell === "zsh" ? [terminals] : [])];
  const ignore = await isSkipped(`completions of ${shell}`, ...needs);
  Deno.test(
    `${shell} completes commands, options, revisions and releases`,
    { ignore },
    async () => {
      const answers = await Promise.all(TYPED.map(([words, offered]) => complete(words, offered)));
      for (const [index, [words, offered]] of TYPED.entries()) {
        const said = answers[index]!;
        for (const word of offered) {
          assert.ok(said.includes(word), `${words.join(" ")}: ${word} is not in ${said}`);
        }
      }
    },
  );
}
