// The six values of PAGER_STATS: OP-TEE 4.0.0 core/pta/stats.c, struct tee_pager_stats.
import { err, ok, type Result } from "../base/result.ts";

/** A value parameter of the GlobalPlatform API: two unsigned 32-bit numbers. */
export interface ValueParam {
  readonly a: number;
  readonly b: number;
}

/** Counters of the pager; all 0 in a build without it. */
export interface PagerStats {
  /** Pages that may be paged out. */
  readonly unlockedPages: number;
  /** All pages of the pager's pool. */
  readonly poolPages: number;
  readonly readOnlyFaults: number;
  readonly readWriteFaults: number;
  readonly hiddenFaults: number;
  /** Zero-initialized pages given back. */
  readonly zeroPagesReleased: number;
}

/** One row of the pager's table. */
export interface PagerField {
  readonly name: keyof PagerStats;
  readonly cName: string;
  /** Where it travels: number and half of the value parameter. */
  readonly param: 0 | 1 | 2;
  readonly half: keyof ValueParam;
  /** As xtest prints it. */
  readonly label: string;
  readonly metric: string;
}

/** One row for each value, in the order of the parameters, which is xtest's too. */
export const PAGER_FIELDS: readonly PagerField[] = [
  field("unlockedPages", "npages", 0, "a", "Unlocked pages:", "optee_pager_unlocked_pages"),
  field("poolPages", "npages_all", 0, "b", "Page pool size:", "optee_pager_pool_pages"),
  field("readOnlyFaults", "ro_hits", 1, "a", "R/O faults:", "optee_pager_read_only_faults_total"),
  field("readWriteFaults", "rw_hits", 1, "b", "R/W faults:", "optee_pager_read_write_faults_total"),
  field("hiddenFaults", "hidden_hits", 2, "a", "Hidden faults:", "optee_pager_hidden_faults_total"),
  field("zeroPagesReleased", "zi_released", 2, "b", "Zi pages released:", "optee_pager_zero_pages_released_total"),
];

function field(
  name: PagerField["name"],
  cName: string,
  param: PagerField["param"],
  half: PagerField["half"],
  label: string,
  metric: string,
): PagerField {
  return { name, cName, param, half, label, metric };
}

/** Builds the counters from what `read` gives for each row. */
export function pagerFrom(read: (row: PagerField) => number): PagerStats {
  const stats = {
    unlockedPages: 0,
    poolPages: 0,
    readOnlyFaults: 0,
    readWriteFaults: 0,
    hiddenFaults: 0,
    zeroPagesReleased: 0,
  };
  for (const row of PAGER_FIELDS) stats[row.name] = read(row);
  return stats;
}

/** The three output parameters of PAGER_STATS. */
export function encodePager(stats: PagerStats): readonly [ValueParam, ValueParam, ValueParam] {
  const half = (param: number, name: keyof ValueParam): number => {
    const row = PAGER_FIELDS.find((candidate) => candidate.param === param && candidate.half === name);
    return row === undefined ? 0 : stats[row.name];
  };
  const value = (param: number): ValueParam => ({ a: half(param, "a"), b: half(param, "b") });
  return [value(0), value(1), value(2)];
}

/** Reads the output parameters of PAGER_STATS; fewer than three are an error. */
export function decodePager(params: readonly ValueParam[]): Result<PagerStats> {
  if (params.length < 3) return err(`PAGER_STATS answers with 3 value parameters, not ${params.length}`);
  return ok(pagerFrom((row) => params[row.param]?.[row.half] ?? 0));
}
