// The texts of `xtest --stats`, learnt from what OP-TEE 4.0.0, 4.5.0 and 4.10.0 printed (no source was read).
import { PAGER_FIELDS, type PagerStats } from "../abi/pager.ts";
import type { StatsTime, TeeTime } from "../abi/time.ts";
import { joined, own, type Printable, printable, shown } from "../base/printable.ts";
import type { Release } from "../release/release.ts";
import { type PrintedRecord, type PrintedTa, statLines } from "./stat_lines.ts";

/** --alloc: all pools, a blank line between them. What a terminal would obey in a name is escaped; all else is upstream's. */
export function printAlloc(pools: readonly PrintedRecord[], release: Release): Printable {
  return joined(
    pools.map((pool) => shown`${own("Pool:").padEnd(21)}${printable(pool.name)}\n${statLines(pool, release, "")}`),
    "\n",
  );
}

/** --ta: all TA instances, a blank line between them. The uuid lacks its last dash, as upstream's does. */
export function printTa(tas: readonly PrintedTa[], release: Release): Printable {
  return joined(
    tas.map((ta) => taText(ta, release)),
    "\n",
  );
}

function taText({ uuid, panicked, sessions, heap }: PrintedTa, release: Release): Printable {
  const cut = uuid.lastIndexOf("-");
  const head = shown`ta(${printable(uuid.slice(0, Math.max(0, cut)))}${printable(uuid.slice(cut + 1))})\n`;
  return joined([
    uuid === "" ? own("") : head,
    panicked === undefined ? own("") : shown`\tpanicked(${panicked | 0}) -- True if TA has panicked\n`,
    sessions === undefined ? own("") : shown`\tsession number(${sessions | 0})\n`,
    shown`\tHeap Status:\n${statLines(heap, release, "\t\t")}`,
  ]);
}

/** --pager. */
export function printPager(stats: PagerStats): Printable {
  const lines = PAGER_FIELDS.map(({ name, label }) => shown`${printable(label).padEnd(20)}${stats[name] | 0}\n`);
  return shown`Pager statistics (Number of):\n${joined(lines)}`;
}

/** --time. Seconds are printed unsigned; no capture is past 2038 to tell. */
export function printTime({ ree, tee }: StatsTime): Printable {
  return shown`REE time: ${timeText(ree)}\nTEE time: ${timeText(tee)}\n`;
}

function timeText({ seconds, millis }: TeeTime): Printable {
  return shown`${seconds} seconds, ${millis} milliseconds`;
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
export function printFailure({ call, code, origin }: CallFailure): Printable {
  return shown`xtest: ${printable(call)}: res ${hex(code)} err_orig ${hex(origin)}\n`;
}

/** As C's %#x: no prefix for 0. */
function hex(n: number): Printable {
  return n === 0 ? own("0") : shown`0x${printable((n >>> 0).toString(16))}`;
}
