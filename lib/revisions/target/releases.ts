/**
 * The releases of Mistral, and the newest revision that each one ships.
 *
 * @module
 */

/** One release of Mistral. */
export interface Release {
  /** Version of the first release of the series. */
  readonly version: string;
  /** Name of the OpenStack series, such as `zed` or `2023.1`. */
  readonly series: string;
  /** Its release date, ISO 8601. */
  readonly date: string;
  /** Id of the newest revision that it ships. */
  readonly head: string;
}

/** All releases, oldest first. */
export const RELEASES: readonly Release[] = [
  { version: "2015.1.0", series: "kilo", date: "2015-05-06", head: "002" },
  { version: "1.0.0", series: "liberty", date: "2015-10-16", head: "007" },
  { version: "2.0.0", series: "mitaka", date: "2016-04-05", head: "011" },
  { version: "3.0.0", series: "newton", date: "2016-09-29", head: "019" },
  { version: "4.0.0", series: "ocata", date: "2017-02-17", head: "020" },
  { version: "5.0.0", series: "pike", date: "2017-08-11", head: "022" },
  { version: "6.0.0", series: "queens", date: "2018-02-09", head: "024" },
  { version: "7.0.0", series: "rocky", date: "2018-08-08", head: "029" },
  { version: "8.0.0", series: "stein", date: "2019-04-04", head: "031" },
  { version: "9.0.0", series: "train", date: "2019-10-09", head: "034" },
  { version: "10.0.0", series: "ussuri", date: "2020-04-18", head: "037" },
  { version: "11.0.0", series: "victoria", date: "2020-09-25", head: "039" },
  { version: "12.0.0", series: "wallaby", date: "2021-01-20", head: "040" },
  { version: "13.0.0", series: "xena", date: "2021-07-19", head: "040" },
  { version: "14.0.0", series: "yoga", date: "2022-03-10", head: "040" },
  { version: "15.0.0", series: "zed", date: "2022-09-09", head: "041" },
  { version: "16.0.0", series: "2023.1", date: "2023-02-14", head: "041" },
  { version: "17.0.0", series: "2023.2", date: "2023-07-05", head: "042" },
  { version: "18.0.0", series: "2024.1", date: "2024-03-15", head: "043" },
  { version: "19.0.0", series: "2024.2", date: "2024-06-01", head: "044" },
  { version: "20.0.0", series: "2025.1", date: "2025-03-07", head: "044" },
  { version: "21.0.0", series: "2025.2", date: "2025-09-11", head: "044" },
  { version: "22.0.0", series: "2026.1", date: "2026-01-21", head: "044" },
  { version: "23.0.0", series: "2026.2", date: "2026-09-30", head: "045" },
];

/** Ids of revisions by the series and the versions of the releases that ship them as the newest. */
export const RELEASE_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  RELEASES.flatMap(({ series, version, head }) => [[series, head], [version, head]]),
);

/** The releases that ship a revision as their newest: those that work with a database at that revision. */
export function releasesAt(revision: string): readonly Release[] {
  return RELEASES.filter(({ head }) => head === revision);
}
