// The texts of `xtest --stats`, learnt from what OP-TEE 4.0.0, 4.5.0 and 4.10.0 printed (no source was read).
import { PAGER_FIELDS, type PagerStats } from "../abi/pager.ts";
import type { StatsTime, TeeTime } from "../abi/time.ts";
import type { Release } from "../release/release.ts";
import { type PrintedRecord, type PrintedTa, statLines } from "./stat_lines.ts";

/** --alloc: all pools, a blank line between them. */
export function printAlloc(pools: readonly PrintedRecord[], release: Release): string {
  return pools.map((pool) => `${"Pool:".padEnd(21)}${pool.name}\n${statLines(pool, release, "")}`).join("\n");
}

/** --ta: all TA instances, a blank line between them. The uuid lacks its last dash, as upstream's does. */
export function printTa(tas: readonly PrintedTa[], release: Release): string {
  return tas.map((ta) => taText(ta, release)).join("\n");
}

function taText({ uuid, panicked, sessions, heap }: PrintedTa, release: Release): string {
  const cut = uuid.lastIndexOf("-");
  const head = `ta(${uuid.slice(0, cut)}${uuid.slice(cut + 1)})\n`;
  const state = `\tpanicked(${panicked | 0}) -- True if TA has panicked\n\tsession number(${sessions | 0})\n`;
  return `${head}${state}\tHeap Status:\n${statLines(heap, release, "\t\t")}`;
}

/** --pager. */
export function printPager(stats: PagerStats): string {
  const lines = PAGER_FIELDS.map(({ name, label }) => `${label.padEnd(20)}${stats[name] | 0}\n`);
  return `Pager statistics (Number of):\n${lines.join("")}`;
}

/** --time. Seconds are printed unsigned; no capture is past 2038 to tell. */
export function printTime({ ree, tee }: StatsTime): string {
  return `REE time: ${timeText(ree)}\nTEE time: ${timeText(tee)}\n`;
}

function timeText({ seconds, millis }: TeeTime): string {
  return `${seconds} seconds, ${millis} milliseconds`;
}

/** A call to the TEE that failed: what xtest says before it ends. */
export interface CallFailure {
  /** The client function, such as TEEC_InvokeCommand. */
  readonly call: string;
  /** Result code, see `TEE`. */
  readonly code: number;
  /** See `ORIGIN`. */
  readonly origin: number;
}

/** The line of a failed call. */
export function printFailure({ call, code, origin }: CallFailure): string {
  return `xtest: ${call}: res ${hex(code)} err_orig ${hex(origin)}\n`;
}

/** As C's %#x: no prefix for 0. */
function hex(n: number): string {
  return n === 0 ? "0" : `0x${(n >>> 0).toString(16)}`;
}
