/**
 * The package for Fedora, RHEL and their kin.
 *
 * @module
 */
import type { Runtime } from "./runtime.ts";
import { DIST, PROGRAM, ROOT, run, VERSION } from "./project.ts";
import { LIBRARY, settle, template, writeTree } from "./tree.ts";

/** What makes two builds the same, and the payload readable for every rpm. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  use_source_date_epoch_as_buildtime: "1",
  clamp_mtime_to_source_date_epoch: "1",
  _buildhost: "reproducible",
  _binary_payload: "w6.gzdio",
};

const DAY = new Intl.DateTimeFormat("en-US", {
  weekday: "short",
  month: "short",
  day: "2-digit",
  year: "numeric",
  timeZone: "UTC",
});

/** Makes the package; gives its path. */
export async function makeRpm(date: number, runtime: Runtime): Promise<string> {
  const work = await Deno.makeTempDir({ dir: DIST, prefix: "rpm-" });
  try {
    const root = `${work}/root`;
    await writeTree(root, date, runtime);
    await Deno.mkdir(`${root}/usr/share/licenses/${PROGRAM}`, { recursive: true });
    await Deno.copyFile(`${ROOT}LICENSE`, `${root}/usr/share/licenses/${PROGRAM}/LICENSE`);
    await settle(root, date);
    const values = {
      PROGRAM,
      VERSION,
      LIBRARY,
      ROOT: root,
      DAY: DAY.format(date * 1000).replaceAll(",", ""),
    };
    await Deno.writeTextFile(`${work}/package.spec`, await template("rpm.spec", values));
    const definitions = Object.entries({ ...DEFINITIONS, _topdir: work, _rpmdir: `${work}/out` })
      .flatMap(([name, value]) => ["--define", `${name} ${value}`]);
    await run("rpmbuild", [
      "-bb",
      "--quiet",
      `--target=${runtime.arch}`,
      ...definitions,
      `${work}/package.spec`,
    ], {
      env: { SOURCE_DATE_EPOCH: String(date), HOME: work },
    });
    const name = `${PROGRAM}-${VERSION}-1.${runtime.arch}.rpm`;
    await Deno.rename(`${work}/out/${runtime.arch}/${name}`, `${DIST}/${name}`);
    return `${DIST}/${name}`;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
