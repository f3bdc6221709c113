/**
 * What the parameters of a URL ask of encryption, put together.
 *
 * @module
 */
import { unusable } from "./url/unusable.ts";
import type { TlsMode } from "./url/settings.ts";

/** The modes from the weakest to the strictest. */
export const TLS_MODES: readonly TlsMode[] = [
  "disable",
  "allow",
  "prefer",
  "require",
  "verify-ca",
  "verify-full",
];

/** What one parameter asks for. */
export interface TlsClaim {
  /** The parameter, as messages show it. */
  readonly parameter: string;
  /** The weakest mode that it allows; any, unless given. */
  readonly least?: TlsMode;
  /** The strictest mode that it allows; any, unless given. */
  readonly most?: TlsMode;
}

function level(mode: TlsMode): number {
  return TLS_MODES.indexOf(mode);
}

/** The claim of a parameter that names a mode: at least that one, and nothing but `disable` if it is that. */
export function claimOfMode(parameter: string, mode: TlsMode): TlsClaim {
  return { parameter, least: mode, ...(mode === "disable" ? { most: mode } : {}) };
}

/**
 * The mode in which every parameter has what it asks for.
 *
 * @param standard The mode when none asks for anything.
 * @throws {OperatorError} When there is no such mode: the weaker parameter would take a protection away
 * that the other one asks for.
 */
export function strictestMode(claims: readonly TlsClaim[], standard: TlsMode): TlsMode {
  const asking = claims.filter(({ least }) => least !== undefined)
    .toSorted((one, other) => level(other.least!) - level(one.least!));
  const [strictest] = asking;
  const mode = strictest?.least ?? standard;
  const limit = claims.find(({ most }) => most !== undefined && level(most) < level(mode));
  if (strictest === undefined || limit === undefined) return mode;
  throw unusable(
    `"${limit.parameter}" contradicts "${strictest.parameter}"`,
    "remove the one that is wrong",
  );
}
