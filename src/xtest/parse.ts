// Readers for the output of one command. For logs with many reports there is `scan`.
import type { PagerStats } from "../abi/pager.ts";
import { missingCounters } from "../abi/record.ts";
import type { StatsTime } from "../abi/time.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Release } from "../release/release.ts";
import { poolNamed, RELEASES, releaseOfPools } from "../release/releases.ts";
import { END_OF_TEXT, faultAt, splitLines, type TextFault } from "./fault.ts";
import type { CallFailure } from "./print.ts";
import { LABELLED_RULES } from "./rules.ts";
import { type Found, type ReportValues, scan } from "./scan.ts";
import type { PrintedRecord, PrintedTa } from "./stat_lines.ts";

const FEWEST_POOLS = Math.min(...RELEASES.map(({ pools }) => pools.length));

/** Reads the output of --alloc: all pools in the order of their ids, the first has id 1. A part of it is an error. */
export function parseAlloc(text: string): Result<readonly PrintedRecord[], TextFault> {
  return only(text, "alloc", '"Pool: Heap"');
}

/** Reads the output of --ta. With no TA loaded xtest prints a failure instead: see `parseFailure`. */
export function parseTa(text: string): Result<readonly PrintedTa[], TextFault> {
  return only(text, "ta", '"ta(<uuid>)"');
}

/** Reads the output of --pager. */
export function parsePager(text: string): Result<PagerStats, TextFault> {
  return only(text, "pager", '"Pager statistics (Number of):"');
}

/** Reads the output of --time. */
export function parseTime(text: string): Result<StatsTime, TextFault> {
  return only(text, "time", '"REE time:"');
}

/** Reads the line of a call that failed. */
export function parseFailure(text: string): Result<CallFailure, TextFault> {
  return only(text, "failure", '"xtest: TEEC_<call>: res <hex> err_orig <hex>"');
}

/**
 * The oldest release that prints such an --alloc report: the number of its pools, their names, and whether a fragmentation
 * is printed show it. Of a report without some of its pools the names tell.
 */
export function releaseOfReport(pools: readonly PrintedRecord[]): Release {
  const percent = pools.some(({ fragmentation }) => fragmentation !== undefined);
  const among = RELEASES.filter(({ xtest }) => xtest.fragmentation || !percent);
  const names = pools.map(({ name }) => name);
  const known = names.filter((name) => name !== "");
  const naming = among.filter(({ pools: rows }) =>
    known.every((name) => rows.some((row) => row.name === name || row.when?.name === name)),
  );
  return releaseOfPools(names, among) ?? naming[0] ?? among[0] ?? RELEASES[0];
}

/** The one report of a kind; an error for any fault, for a part of it, any other report, none at all or a second one. */
function only<K extends keyof ReportValues>(text: string, kind: K, head: string): Result<ReportValues[K], TextFault> {
  const lines = splitLines(text);
  const found = scan(text);
  const fault = found.find((item) => item.kind === "fault");
  if (fault?.kind === "fault") return err(fault.value);
  const [first, second] = found;
  if (first === undefined) return err({ line: lines.length, expected: head, found: END_OF_TEXT });
  if (!isKind(first, kind)) return err(faultAt(first.from, head, lines[first.from - 1] ?? ""));
  const lacking = lackOf(first);
  if (lacking !== undefined) return err(lacking);
  if (second !== undefined) return err(faultAt(second.from, "one report only", lines[second.from - 1] ?? ""));
  return ok(first.value);
}

/** What a whole report has and this one has not. */
function lackOf(one: Found): TextFault | undefined {
  if (one.kind !== "alloc" && one.kind !== "ta") return undefined;
  const fault = (expected: string, found: string): TextFault => ({ line: one.to, expected, found });
  for (const heap of one.kind === "alloc" ? one.value : one.value.map((ta) => ta.heap)) {
    const [missing] = missingCounters(heap);
    if (missing !== undefined) return fault(LABELLED_RULES[missing].expected, `none in the block "${heap.name}"`);
  }
  if (one.kind === "ta") {
    const ta = one.value.find(({ panicked, sessions }) => panicked === undefined || sessions === undefined);
    return ta === undefined ? undefined : fault("panicked() and session number()", "none in a block");
  }
  const [heap] = one.value;
  if (poolNamed(heap?.name ?? "")?.role !== "heap")
    return fault('the first pool, "Pool: Heap"', JSON.stringify(heap?.name));
  if (one.value.length >= FEWEST_POOLS) return undefined;
  return fault(`at least ${FEWEST_POOLS} pools`, `only ${one.value.length}`);
}

function isKind<K extends keyof ReportValues>(
  item: Found,
  kind: K,
): item is Found & { readonly kind: K; readonly value: ReportValues[K] } {
  return item.kind === kind;
}
