import { counted, grouped, percent } from "../../base/format.ts";
import { bestFitOption } from "../heap_knob.ts";
import { SHORT_ROWS } from "./churn.ts";
import type { Failure, FailureKind } from "./failures.ts";
import type { Finding } from "./finding.ts";
import type { HeapReport } from "./heap_report.ts";

interface Rule {
  readonly rule: string;
  readonly level: Finding["level"];
  /** One sentence, or null where the rule does not apply. */
  readonly say: (report: HeapReport) => string | null;
}

const NEAR = 0.9;
const ROOMY = 0.5;
/** Share of the peak that makes a site worth a sentence. */
const MUCH_HELD = 0.3;
/** Share of all allocated bytes, all of it short-lived, that makes a site worth a sentence. */
const MUCH_CHURN = 0.2;

// All rules that apply speak, in this order.
const RULES: readonly Rule[] = [
  { rule: "fragmented", level: "bad", say: (report) => refusals(report, "fragmented", fragmented) },
  { rule: "exhausted", level: "bad", say: (report) => refusals(report, "exhausted", exhausted) },
  { rule: "misfit", level: "bad", say: (report) => refusals(report, "misfit", misfit) },
  { rule: "unknown", level: "bad", say: (report) => refusals(report, "unknown", unexplained) },
  { rule: "too-large", level: "note", say: (report) => refusals(report, "too-large", tooLarge) },
  { rule: "alignment", level: "note", say: (report) => refusals(report, "alignment", badAlignment) },
  {
    rule: "foreign",
    level: "warn",
    say: ({ failures: { fit, difference }, found }) =>
      fit !== null || difference === null || found > 0
        ? null
        : `OP-TEE's allocator does not give these addresses from line ${difference.line} on: the recording is damaged or from another allocator, so states beyond that line are unsure; \`teemem replay\` says more.`,
  },
  {
    rule: "found",
    level: "note",
    say: ({ found, failures: { fit } }) =>
      found === 0 || fit !== null
        ? null
        : `The recording began when ${counted(found, "block")} were there already, in an order that nobody knows: figures are right, but where free memory lay cannot be told.`,
  },
  {
    rule: "near",
    level: "warn",
    say: ({ peak, knob }) =>
      peak.bytes < NEAR * peak.pool
        ? null
        : `The peak took ${percent(peak.bytes, peak.pool)} % of the pool: a little more load, or the same in another order, may fail${knob.name === "" ? "" : `; raise ${knob.name}, which \`teemem size\` puts a number to`}.`,
  },
  {
    rule: "roomy",
    level: "note",
    say: ({ peak, failures, knob }) =>
      peak.bytes >= ROOMY * peak.pool || failures.shown.some(isReal)
        ? null
        : `The peak took only ${percent(peak.bytes, peak.pool)} % of the pool${knob.name === "" ? "" : `: \`teemem size\` says how much smaller ${knob.name} could be`}.`,
  },
  {
    rule: "holder",
    level: "note",
    say: ({ peak }) => {
      const [top] = peak.bySite;
      if (top === undefined || peak.bySite.length < 2 || top.bytes < MUCH_HELD * peak.bytes) return null;
      return `${top.site} held ${percent(top.bytes, peak.bytes)} % of the peak in ${counted(top.blocks, "block")}: to lower the peak, begin there.`;
    },
  },
  {
    rule: "churn",
    level: "note",
    say: ({ churn }) => {
      const top = churn.bySite.find(
        ({ bytes, allocations, shortLived }) => bytes >= MUCH_CHURN * churn.bytes && shortLived >= 0.9 * allocations,
      );
      if (top === undefined || top.allocations < 100) return null;
      return `${top.site} took ${percent(top.bytes, churn.bytes)} % of all bytes ever allocated, ${grouped(top.allocations)} times, and ${percent(top.shortLived, top.allocations)} % of it was freed within ${SHORT_ROWS} operations: one buffer that is kept would do.`;
    },
  },
  {
    rule: "left",
    level: "note",
    say: ({ left, mark, heap, instances }) => {
      const [top] = left.bySite;
      if (top === undefined || left.blocks === 0) return null;
      const lives = instances.length > 1 ? ` in ${grouped(instances.length)} instances together` : "";
      const where = mark === "" ? "At the end" : `At the end of ${mark}, of what it had made,`;
      const advice = heap.startsWith("ta-")
        ? "a TA's heap goes with its instance, so this counts only for one that is kept alive"
        : "whether that grows from run to run, `teemem leaks` tells";
      return `${where} ${counted(left.blocks, "block")} with ${grouped(left.bytes)} bytes were not freed${lives}, most of them at ${top.site} (${grouped(top.bytes)} bytes): ${advice}.`;
    },
  },
];

/** What a report found, one sentence of plain advice each; the worst first. */
export function findingsOf(report: HeapReport): Finding[] {
  const found = RULES.flatMap(({ rule, level, say }) => {
    const text = say(report);
    return text === null ? [] : [{ rule, level, text }];
  });
  if (found.some(({ level }) => level !== "note")) return found;
  const { bytes, pool } = report.peak;
  const text = `Nothing went wrong for want of memory: the peak took ${percent(bytes, pool)} % of the pool, and no request that it could have held was refused.`;
  return [{ rule: "well", level: "note", text }, ...found];
}

/** True for a refusal that a larger or less scattered pool would have spared. */
function isReal({ kind }: Pick<Failure, "kind">): boolean {
  return kind !== "alignment" && kind !== "too-large";
}

/** Speaks of the first refusal of a kind, and counts the others. */
function refusals(
  report: HeapReport,
  kind: FailureKind,
  say: (failure: Failure, report: HeapReport) => string,
): string | null {
  const all = report.failures.shown.filter((failure) => failure.kind === kind);
  const [first] = all;
  if (first === undefined) return null;
  const more = all.length > 1 ? ` (${grouped(all.length - 1)} more like it)` : "";
  return `${where(first)}${grouped(first.size)} bytes were refused${more}, ${say(first, report)}`;
}

function fragmented({ state }: Failure, { heap }: HeapReport): string {
  if (state === null) return "";
  const option = bestFitOption(heap);
  const best = option === "" ? "" : `${option} is the first thing to try, a larger pool the second; `;
  return `although ${grouped(state.unallocated)} of ${grouped(state.size)} bytes were not in use: they lay in ${grouped(state.pieces)} pieces, the largest ${grouped(state.largestFree)} bytes, room for ${grouped(state.largestRequest)} at most. That is fragmentation; ${best}\`teemem size\` says what would pass.`;
}

function exhausted({ state, size }: Failure, { knob }: HeapReport): string {
  if (state === null) return "";
  const raise = knob.name === "" ? "a larger pool is needed" : `raise ${knob.name}`;
  return `as only ${grouped(state.free)} of ${grouped(state.size)} bytes were free: ${grouped(Math.max(0, size - state.largestRequest))} were missing; ${raise}, \`teemem size\` says to what.`;
}

function misfit({ state, alignment }: Failure, { knob }: HeapReport): string {
  const why =
    alignment === null
      ? "it would have left a rest too small for a block of its own"
      : `no place in it is a multiple of ${grouped(alignment)}`;
  const raise = knob.name === "" ? "a larger pool" : `more ${knob.name}`;
  return `although the largest free block had ${grouped(state?.largestFree ?? 0)} bytes: ${why}; ${raise} helps, \`teemem size\` says how much.`;
}

function unexplained({ allocated, pool }: Failure): string {
  return `with ${grouped(allocated)} of ${grouped(pool)} bytes allocated; how the rest lay, the replay cannot tell.`;
}

function tooLarge({ func, pool }: Failure): string {
  return `more than the whole pool of ${grouped(pool)} has: look at the caller${func === "" ? "" : ` (${func})`}, not at the size.`;
}

function badAlignment({ alignment }: Failure): string {
  return `as ${grouped(alignment ?? 0)} is no power of two and so no alignment: no pool would serve that; look at the caller.`;
}

function where({ mark }: Failure): string {
  return mark === "" ? "" : `${mark}: `;
}
