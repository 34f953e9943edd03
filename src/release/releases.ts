// All rows, and how one is found: by version, by its number on the wire, by what a reply or a text looks like.
import { err, ok, type Result } from "../base/result.ts";
import { ordinal } from "./ordinal.ts";
import type { PoolOptions, PoolRow, Release } from "./release.ts";
import { SINCE_4_0 } from "./since_4_0.ts";
import { SINCE_4_1 } from "./since_4_1.ts";
import { SINCE_4_4 } from "./since_4_4.ts";
import { SINCE_4_6 } from "./since_4_6.ts";
import { SINCE_4_8 } from "./since_4_8.ts";
import { SINCE_4_10 } from "./since_4_10.ts";

/** Oldest first. A release that brings a difference is one more file, and one more name here. */
export const RELEASES: readonly [Release, ...Release[]] = [
  SINCE_4_0,
  SINCE_4_1,
  SINCE_4_4,
  SINCE_4_6,
  SINCE_4_8,
  SINCE_4_10,
];

/** Name of the first pool of every release: the core's own heap. */
export const HEAP_NAME = "Heap";

/** Pools by names of releases before 4.0 and of their `tee-stats`, the program before `xtest --stats`. */
const OLDER: readonly PoolRow[] = [
  { role: "public", name: "Public DDR", knob: "" },
  { role: "ta-memory", name: "TAHEAP", knob: "CFG_TZDRAM_SIZE" },
];

const BY_NAME: ReadonlyMap<string, PoolRow> = new Map(
  [...OLDER, ...RELEASES.flatMap(({ pools }) => pools.flatMap((row) => [row, { ...row, ...row.when }]))]
    .filter(({ name }) => name !== "")
    .map((row) => [keyOf(row.name), row]),
);

/** The pool that any release calls so, with the name as it prints it; letters' case and doubled blanks do not count. */
export function poolNamed(name: string): PoolRow | undefined {
  return BY_NAME.get(keyOf(name));
}

/** The row of the pool whose name begins so; undefined where none does, or pools of several roles. */
export function poolBegun(start: string): PoolRow | undefined {
  const rows = [...BY_NAME].filter(([name]) => name !== "" && name.startsWith(keyOf(start))).map(([, row]) => row);
  return new Set(rows.map(({ role }) => role)).size === 1 ? rows[0] : undefined;
}

/** All names that pools have, in small letters. */
export function allPoolNames(): readonly string[] {
  return [...BY_NAME.keys()];
}

function keyOf(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, " ");
}

/** The row of a version such as "4.5.0", "4.10", "v4.6.0-rc1", "4.5.0-2"; the first two numbers count. Older than 4.0 is an error. */
export function releaseOf(version: string): Result<Release> {
  const wanted = ordinal(version);
  if (Number.isNaN(wanted)) return err(`"${version}" is not an OP-TEE version; it looks like 4.5.0`);
  const row = RELEASES.findLast(({ since }) => ordinal(since) <= wanted);
  if (row !== undefined) return ok(row);
  const [{ since }] = RELEASES;
  return err(`OP-TEE ${version} is older than ${since}, the first release whose statistics are known here`);
}

/** Says so where a version is later than every release that is known here, so that the rules of the last one are used; else null. */
export function laterThanKnown(version: string): string | null {
  const last = RELEASES.at(-1)?.since ?? "";
  return ordinal(version) > ordinal(last)
    ? `OP-TEE ${version} is later than ${last}, the last release that is known here: the rules of ${last} are used`
    : null;
}

/**
 * The number of the layout of statistics in the protocol of the daemon: of the first release that has it, major times 256 plus
 * minor.
 */
export function wireCode({ pools, recordSize }: Release): number {
  const first = RELEASES.find((row) => row.pools === pools && row.recordSize === recordSize);
  const [major = 0, minor = 0] = (first?.since ?? "").split(".").map(Number);
  return major * 256 + minor;
}

/** The first release whose layout of statistics has this number, undefined if there is none. */
export function releaseOfWireCode(code: number): Release | undefined {
  return RELEASES.find((row) => wireCode(row) === code);
}

/**
 * Names of all pools in the order of their ids (1 first); empty for a pool that the build does not have, which shows zeros.
 */
export function poolNames({ pools }: Release, options: PoolOptions = {}): readonly string[] {
  return pools.map(({ name, when }) => (when !== undefined && options[when.option] === true ? when.name : name));
}

/**
 * Of the rows with as many pools, the one that gives most of them these names, whatever its build options; the oldest of
 * several. Undefined where no release has as many.
 */
export function releaseOfPools(names: readonly string[], among: readonly Release[] = RELEASES): Release | undefined {
  const fits = ({ pools }: Release): number =>
    pools.filter(({ name, when }, n) => names[n] === name || names[n] === when?.name).length;
  const rows = among.filter(({ pools }) => pools.length === names.length);
  const most = Math.max(...rows.map(fits));
  return rows.find((row) => fits(row) === most);
}
