/**
 * Looks up options in all places where they can be set.
 *
 * @module
 */
import { OperatorError, UsageError } from "../errors.ts";
import { Secret } from "../servers/connecting/url/secret.ts";
import type { Environment } from "./config_files.ts";
import type { Assignment } from "./ini.ts";
import { OPTION_TYPES, type TypeName } from "./option_types.ts";
import {
  findOption,
  type Option,
  type OptionKey,
  optionLabel,
  type OptionName,
  OPTIONS,
  type OptionValue,
} from "./options.ts";
import { substitute } from "./substitute.ts";

/** Texts of options given on the command line; a boolean is `true` or `false`. */
export type Overrides = { readonly [K in OptionKey]?: string };

/** All texts that were set for options, not yet parsed. */
export interface Configuration {
  /** The command line's. */
  readonly overrides: Overrides;
  /** The environment's. */
  readonly environment: Environment;
  /** The assignments of each file; the last file takes precedence. */
  readonly files: readonly (readonly Assignment[])[];
}

/** The value of an option, and where it was set: a flag, a variable, or `file:line`. */
export interface Setting<T> {
  /** The value itself. */
  readonly value: T;
  /** Null: nowhere, this is the default. */
  readonly origin: string | null;
}

/** A text that was set for an option. */
interface Assigned {
  readonly text: string;
  readonly origin: string;
}

/** An option, under the name that was used for it; references also use older names. */
interface Lookup {
  readonly key: OptionKey;
  readonly as: OptionName;
}

/**
 * The value of an option: from the command line, else from the environment
 * (`OS_<GROUP>__<NAME>`), else from the last file that sets it, else its default. References
 * (`$name`) are filled in, except on the command line, where the shell has done that.
 *
 * @throws {OperatorError} When the value is not of its type, or refers to an unknown option.
 * @throws {UsageError} When the wrong value is on the command line.
 */
export function settingOf<K extends OptionKey>(
  configuration: Configuration,
  key: K,
): Setting<OptionValue<K>> {
  const text = configuration.overrides[key];
  const setting = text === undefined
    ? read(configuration, { key, as: OPTIONS[key] }, [])
    : overridden(key, text);
  return { ...setting, value: setting.value ?? OPTIONS[key].default } as Setting<OptionValue<K>>;
}

/** A value of an option, of any type. */
type AnyValue = OptionValue<OptionKey>;

/** The value that the command line gives. */
function overridden(key: OptionKey, text: string): Setting<AnyValue> {
  const { type, flags } = OPTIONS[key];
  const origin = flags[0] ?? key;
  const value = OPTION_TYPES[type].parse(text);
  if (value !== undefined) return { value, origin };
  throw new UsageError({
    failed: `argument ${origin}`,
    because: `must be ${OPTION_TYPES[type].wanted}, not "${text}"`,
  });
}

/** The value that the environment or a file gives, where an empty integer is null, or the default. */
function read(
  configuration: Configuration,
  lookup: Lookup,
  path: readonly OptionName[],
): Setting<AnyValue> {
  const option: Option = OPTIONS[lookup.key];
  const found = inEnvironment(configuration, lookup) ?? inFiles(configuration, lookup);
  if (found === undefined) return { value: option.default, origin: null };
  const refer = (name: string) =>
    referred(configuration, name, { ...found, option, path: [...path, lookup.as] });
  const value = OPTION_TYPES[option.type].parse(substitute(found.text, refer));
  if (value !== undefined) return { value, origin: found.origin };
  const { wanted } = OPTION_TYPES[option.type];
  throw new OperatorError({
    failed: `Cannot use ${found.origin}`,
    because: `${optionLabel(option)} must be ${wanted}${shown(found.text)}`,
  });
}

/** A wrong value, for a message; hidden if it looks like a database URL on the wrong line. */
function shown(text: string): string {
  return /[:@]/.test(text) ? "" : `, not "${text}"`;
}

/** The text of the variable of the environment. */
function inEnvironment({ environment }: Configuration, { as }: Lookup): Assigned | undefined {
  const origin = `OS_${as.group}__${as.name}`.toUpperCase();
  const text = environment.get(origin);
  return text === undefined ? undefined : { text, origin };
}

/**
 * The text of the last file that has the option under any name; in one file the present name wins
 * over older ones, and the last line over earlier ones.
 */
function inFiles({ files }: Configuration, { key, as }: Lookup): Assigned | undefined {
  const { name, deprecated } = OPTIONS[key];
  const names = [{ group: as.group, name }, ...deprecated];
  for (const file of files.toReversed()) {
    for (const wanted of names) {
      const last = file.findLast((found) =>
        found.group === wanted.group && found.name === wanted.name
      );
      if (last !== undefined) return { text: last.value.reveal(), origin: last.origin };
    }
  }
  return undefined;
}

/** The place of a reference, and the names of the options that led there, this one last. */
interface Referrer extends Assigned {
  readonly option: Option<TypeName>;
  readonly path: readonly OptionName[];
}

/** The text of the option that a reference means. */
function referred(configuration: Configuration, reference: string, from: Referrer): string {
  // What looks like a reference may be a piece of the password.
  const named = from.option.type === "secret" ? 'something with a "$"' : `"$${reference}"`;
  const problem = (words: string) =>
    new OperatorError({
      failed: `Cannot use ${from.origin}`,
      because: `${optionLabel(from.option)} refers to ${named}, ${words}`,
      remedy: 'write "\\$" for a dollar sign that means itself',
    });
  const lookup = lookUp(reference, from.path.at(-1)!.group);
  if (lookup === undefined) throw problem("which is not a known option");
  const isKnown = from.path.some((name) => optionLabel(name) === optionLabel(lookup.as));
  if (isKnown) throw problem("which leads back to itself");
  return asText(read(configuration, lookup, from.path).value);
}

/**
 * The option that a reference means: `group.name`, or a name in the own group or in DEFAULT. That
 * `DEFAULT.name` works too is an extension; oslo.config has no group of that name there.
 */
function lookUp(reference: string, ownGroup: string): Lookup | undefined {
  const [, group, rest] = /^([^.]*)\.(.*)$/s.exec(reference) ?? [];
  const names = group === undefined
    ? [{ group: ownGroup, name: reference }, { group: "DEFAULT", name: reference }]
    : [{ group, name: rest! }];
  for (const as of names) {
    const key = findOption(as);
    if (key !== undefined) return { key, as };
  }
  return undefined;
}

/** A value as a part of another text, spelled as Python does. */
function asText(value: AnyValue): string {
  if (value instanceof Secret) return value.reveal();
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value ?? "");
}
