// What pools refused between two reports, while a command ran: that pool, its option, and a value to set it to.
import { missingCounters, type PartialRecord } from "../../abi/record.ts";
import { grouped } from "../../base/format.ts";
import { poolNamed } from "../../release/releases.ts";
import { knobOfHeap } from "../heap_knob.ts";
import { knobOf } from "../pool_advice.ts";
import { isSelfTestLargest } from "../self_test.ts";
import { counterSize } from "../size/counter_size.ts";
import { settingFor } from "../size/pool_margin.ts";
import { CORE, RAM, RECORD } from "./rule.ts";
import type { Verdict } from "./triage.ts";

/** A pool before a command, and what its counters say of the time of the command alone. */
export interface Meanwhile {
  readonly name: string;
  readonly before: PartialRecord;
  readonly after: PartialRecord;
  /** Requests that failed meanwhile; undefined where the counters do not tell. */
  readonly failed: number | undefined;
  /** The counters of that time: without the largest failure and the maximum where these are of an earlier one. */
  readonly during: PartialRecord;
}

/** Each pool that both reports have, and that is in use. */
export function meanwhile(before: readonly PartialRecord[], after: readonly PartialRecord[]): Meanwhile[] {
  return after.flatMap((pool, i) => {
    const old = before[i];
    if (old === undefined || old.name !== pool.name || pool.size === 0) return [];
    const failed = pool.failures === undefined || old.failures === undefined ? undefined : pool.failures - old.failures;
    return [{ name: pool.name, before: old, after: pool, failed, during: during(old, pool, failed) }];
  });
}

/** Only what rose is of the time between: the counters keep the largest of all times. */
function during(old: PartialRecord, pool: PartialRecord, failed: number | undefined): PartialRecord {
  const { biggestFailure, biggestFailureUsed, maxAllocated, ...rest } = pool;
  const largest =
    failed === 0
      ? { biggestFailure: 0, biggestFailureUsed: 0 }
      : biggestFailure !== old.biggestFailure && biggestFailure !== undefined && biggestFailureUsed !== undefined
        ? { biggestFailure, biggestFailureUsed }
        : {};
  const peak = maxAllocated !== undefined && maxAllocated !== old.maxAllocated ? { maxAllocated } : {};
  return { ...rest, ...(failed === undefined ? {} : { failures: failed }), ...largest, ...peak };
}

const MARGIN = { percent: 10 } as const;
const PLACES = { heap: CORE, "ta-memory": RAM } as const;

/** One answer for each pool that refused a request meanwhile: it is certain. */
export function refusedMeanwhile(pools: readonly Meanwhile[]): Verdict[] {
  return pools.flatMap((pool) => {
    const { name, failed = 0, during: counted } = pool;
    // Each run of regression_1001 asks for 256 MiB, to see it refused.
    if (failed <= 0 || (failed === 1 && isSelfTestLargest(counted, name))) return [];
    const { role } = poolNamed(name) ?? {};
    const knob = (counted.biggestFailure ?? 0) >= (counted.size ?? 0) ? "" : knobOf(name);
    return {
      id: "refused-meanwhile",
      sure: "certain",
      pool: role === "heap" || role === "ta-memory" ? PLACES[role] : `pool "${name}"`,
      knobs: knob === "" ? [] : [knob],
      why: `${failed === 1 ? "1 request" : `${grouped(failed)} requests`} failed in it while the command ran. ${sizeText(pool)}`,
      next: nextStep(pool, knob),
      together: "",
      evidence: [
        `pool "${name}": ${failed} more failed allocation${failed === 1 ? "" : "s"} than before; ${grouped(counted.allocated ?? 0)} of ${grouped(counted.size ?? 0)} bytes are in use now`,
      ],
      threads: [],
      tried: false,
    };
  });
}

function sizeText({ name, during: counted, after }: Meanwhile): string {
  if (missingCounters(counted).every((counter) => counter === "maxAllocated"))
    return counterSize({ ...after, ...counted }, { name }).text;
  return `None was larger than ${grouped(after.biggestFailure ?? 0)} bytes, the largest failure of an earlier time, so the counters do not show how much was missing.`;
}

/** The option with a value: from the largest failure where it is known, else twice what there is. */
function nextStep({ name, during: counted, after }: Meanwhile, knob: string): string {
  const size = after.size ?? 0;
  const { estimate, missing } = counterSize({ ...after, ...counted }, { name });
  const isKnown = counted.biggestFailure !== undefined && estimate !== null;
  if (poolNamed(name)?.role === "ta-memory")
    return isKnown && missing !== null && missing > 0
      ? `raise ${knob} by at least ${grouped(missing)} bytes, in whole pages, or load less at the same time`
      : `raise ${knob}, or load less at the same time`;
  const context = poolNamed(name)?.role === "nexus" ? "nexus" : "core";
  const known = knobOfHeap(context, size);
  const value = isKnown ? settingFor(estimate, MARGIN, known)?.value : 2 * known.configured;
  if (knob === "" || value === undefined) return "no build option sets its size: look at what was asked for";
  return isKnown
    ? `set ${knob}=${value}, with a margin of 10 %, and run the command again; to know it to the byte, ${RECORD}`
    : `try ${knob}=${value}, twice what it has, and run the command again; to know it to the byte, ${RECORD}`;
}
