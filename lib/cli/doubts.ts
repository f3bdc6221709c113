/**
 * Warnings of what a configuration has and nobody reads.
 *
 * @module
 */
import { misspellingInWords } from "../config/fallback.ts";
import type { Settings } from "../config/settings.ts";
import type { Log } from "./output/log.ts";

/** Warns of options that are probably written wrongly, and of sources that are not read. */
export function warnOfDoubts({ misspelled, configSource, origins }: Settings, log: Log): void {
  for (const one of misspelled) log.warning(misspellingInWords(one));
  if (configSource.length === 0 || origins.connection === null) return;
  log.warning(
    `[DEFAULT] config_source (set in ${origins.configSource}) has no effect: this program does not ` +
      `read ${configSource.join(", ")}`,
  );
}
