// The findings of a report, one rule per finding.
import { counted, grouped, percent } from "../../base/format.ts";
import { bestFitOption } from "../heap_knob.ts";
import { isLibraryOwn, siteWords } from "../leak/library.ts";
import { SELF_TEST } from "../self_test.ts";
import { SHORT_ROWS } from "./churn.ts";
import type { Failure, FailureKind } from "./failures.ts";
import type { HeapFinding } from "./finding.ts";
import type { HeapReport } from "./heap_report.ts";

interface Rule {
  readonly rule: string;
  readonly level: HeapFinding["level"];
  /** One sentence, or null where the rule does not apply. */
  readonly say: (report: HeapReport) => string | null;
}

const NEAR = 0.9;
const ROOMY = 0.5;
/** Share of the peak that makes a site worth a sentence. */
const MUCH_HELD = 0.3;
/** Reallocs that are worth a sentence, and the bytes by which they grow a buffer. */
const MANY = 100;
const SMALL = 64;
/** Share of all allocated bytes, all of it short-lived, that makes a site worth a sentence. */
const MUCH_CHURN = 0.2;

// All rules that apply speak, in this order.
const RULES: readonly Rule[] = [
  { rule: "fragmented", level: "bad", say: (report) => failedRequests(report, "fragmented", fragmented) },
  { rule: "exhausted", level: "bad", say: (report) => failedRequests(report, "exhausted", exhausted) },
  { rule: "misfit", level: "bad", say: (report) => failedRequests(report, "misfit", misfit) },
  { rule: "unknown", level: "bad", say: (report) => failedRequests(report, "unknown", unexplained) },
  { rule: "too-large", level: "bad", say: (report) => failedRequests(report, "too-large", tooLarge) },
  { rule: "alignment", level: "bad", say: (report) => failedRequests(report, "alignment", badAlignment) },
  { rule: "self-test", level: "note", say: ({ failures }) => selfTest(failures.shown) },
  {
    rule: "leaked",
    level: "warn",
    say: ({ leaked: { blocks, bytes, bySite, instances } }) => {
      const [top] = bySite;
      if (top === undefined) return null;
      const which = instances === 1 ? "An instance" : `${grouped(instances)} instances`;
      const most = bySite.length === 1 ? "all" : "most";
      const where = blocks === 1 ? `from ${siteWords(top.site)}` : `${most} of them from ${siteWords(top.site)}`;
      return `${which} of the TA ended with ${counted(blocks, "block")} of ${grouped(bytes)} bytes that ${blocks === 1 ? "was" : "were"} not freed, ${where}: in a TA that is kept alive they add up.`;
    },
  },
  {
    rule: "foreign",
    level: "warn",
    say: ({ failures: { fit, difference }, found }) =>
      fit !== null || difference === null || found > 0
        ? null
        : `From line ${difference.line} on, OP-TEE's allocator returns other addresses: the recording is damaged or from another allocator, so states after that line are uncertain. \`teemem replay\` shows the difference.`,
  },
  {
    rule: "found",
    level: "note",
    say: ({ found, failures: { fit } }) =>
      found === 0 || fit !== null
        ? null
        : `${counted(found, "block")} ${found === 1 ? "was" : "were"} live already when the recording began, and their order in the free list is unknown. The figures are right, but the layout of the free memory is unknown.`,
  },
  {
    rule: "near",
    level: "warn",
    say: ({ peak, knob }) =>
      peak.bytes < NEAR * peak.pool
        ? null
        : `The peak took ${percent(peak.bytes, peak.pool)} % of the pool: a little more load, or the same load in another order, may fail${knob.name === "" ? "" : `. Raise ${knob.name}; \`teemem size\` finds the value`}.`,
  },
  {
    rule: "roomy",
    level: "note",
    say: ({ peak, failures, knob }) =>
      peak.bytes >= ROOMY * peak.pool || failures.shown.some(isReal)
        ? null
        : `The peak took only ${percent(peak.bytes, peak.pool)} % of the pool${knob.name === "" ? "" : `: \`teemem size\` shows how much smaller ${knob.name} can be`}.`,
  },
  {
    rule: "holder",
    level: "note",
    say: ({ peak }) => {
      // What a library keeps, or was taken before, nobody can change here.
      const top = peak.bySite.find(({ site }) => site !== "before" && !isLibraryOwn(site));
      if (top === undefined || peak.bySite.length < 2 || top.bytes < MUCH_HELD * peak.bytes) return null;
      return `${top.site} held ${percent(top.bytes, peak.bytes)} % of the peak in ${counted(top.blocks, "block")}. Start there to lower the peak.`;
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
      return `${top.site} took ${percent(top.bytes, churn.bytes)} % of all bytes ever allocated, in ${grouped(top.allocations)} allocations; ${percent(top.shortLived, top.allocations)} % of them were freed within ${SHORT_ROWS} operations. One buffer that is kept would be enough.`;
    },
  },
  {
    rule: "regrowth",
    level: "note",
    say: ({ regrowth }) => {
      const top = regrowth.find(({ reallocs, grew, most }) => reallocs >= MANY && 2 * grew > reallocs && most <= SMALL);
      if (top === undefined) return null;
      const step = top.least === top.most ? counted(top.most, "byte") : `${top.least} to ${counted(top.most, "byte")}`;
      return `${top.site} called realloc ${grouped(top.reallocs)} times, to grow a buffer by ${step} mostly, and ${grouped(top.copied)} bytes were copied. Let it grow in larger steps, or ask for the whole size at once.`;
    },
  },
  {
    rule: "left",
    level: "note",
    say: ({ left, leaked, mark, heap, instances }) => {
      const [top] = left.bySite;
      if (top === undefined || left.blocks === 0 || leaked.blocks > 0) return null;
      const everywhere = instances.length > 1 ? ` in all ${grouped(instances.length)} instances` : "";
      const where = mark === "" ? "At the end" : `At the end of ${mark},`;
      const advice = heap.startsWith("ta-")
        ? "a TA's heap ends with its instance, so this matters only for an instance that is kept alive"
        : "`teemem leaks before.log after.log` shows whether they grow from run to run";
      return `${where} ${counted(left.blocks, "block")} with ${grouped(left.bytes)} bytes ${mark === "" ? "" : "that it had allocated "}were not freed${everywhere}, most of them from ${siteWords(top.site)} (${grouped(top.bytes)} bytes); ${advice}.`;
    },
  },
];

/**
 * What a report found, one sentence of plain advice each; the worst first. `on` has the file and the heap as commands take them;
 * empty where there is no file.
 */
export function findingsOf(report: HeapReport, on = ""): HeapFinding[] {
  return on === "" ? allOf(report) : allOf(report).map((finding) => ({ ...finding, text: withFile(finding.text, on) }));
}

/** The commands in a text, with the file that they need. */
function withFile(text: string, on: string): string {
  return text
    .replaceAll("`teemem size`", `\`teemem size ${on}\``)
    .replaceAll("`teemem replay`", `\`teemem replay ${on}\``);
}

function allOf(report: HeapReport): HeapFinding[] {
  const found = RULES.flatMap(({ rule, level, say }) => {
    const text = say(report);
    return text === null ? [] : [{ rule, level, text }];
  });
  if (found.some(({ level }) => level !== "note")) return found;
  const { bytes, pool } = report.peak;
  const text = `No memory problem: the peak took ${percent(bytes, pool)} % of the pool, and no request that the pool could serve failed.`;
  return [{ rule: "well", level: "note", text }, ...found];
}

/** True for a failure that a larger or less scattered pool would have spared. */
function isReal({ kind }: Pick<Failure, "kind">): boolean {
  return kind !== "alignment" && kind !== "too-large" && kind !== "self-test";
}

/** Speaks of the first failure of a kind, and counts the others. */
function failedRequests(
  report: HeapReport,
  kind: FailureKind,
  say: (failure: Failure, report: HeapReport) => string,
): string | null {
  const all = report.failures.shown.filter((failure) => failure.kind === kind);
  const [first] = all;
  if (first === undefined) return null;
  const more = all.length > 1 ? ` (${grouped(all.length - 1)} more like it)` : "";
  return `${where(first)}a request for ${grouped(first.size)} bytes failed${more}, ${say(first, report)}`;
}

function fragmented({ state }: Failure, { heap }: HeapReport): string {
  if (state === null) return "";
  const option = bestFitOption(heap);
  const best = option === "" ? "" : `try ${option} first, then a larger pool; `;
  return `although ${grouped(state.unallocated)} of ${grouped(state.size)} bytes were not in use: they lay in ${grouped(state.pieces)} pieces, the largest of ${grouped(state.largestFree)} bytes, room for a request of ${grouped(state.largestRequest)} at most. That is fragmentation; ${best}\`teemem size\` finds a setting that works.`;
}

function exhausted({ state, block }: Failure, { knob }: HeapReport): string {
  if (state === null || block === null) return "";
  const raise = knob.name === "" ? "a larger pool is needed" : `raise ${knob.name}`;
  const free =
    state.free === 0
      ? `no byte of ${grouped(state.size)} was`
      : `only ${grouped(state.free)} of ${grouped(state.size)} bytes were`;
  return `because it needs a block of ${grouped(block)} bytes, and ${free} free: at least ${grouped(block - state.free)} were missing; ${raise}, \`teemem size\` finds the value.`;
}

function misfit({ state, alignment }: Failure, { knob }: HeapReport): string {
  const why =
    alignment === null
      ? "the rest would have been too small for a free block"
      : `no address in it with enough room is a multiple of ${grouped(alignment)}`;
  const raise = knob.name === "" ? "a larger pool" : `more ${knob.name}`;
  return `although the largest free block had ${grouped(state?.largestFree ?? 0)} bytes: ${why}; ${raise} helps, \`teemem size\` finds how much.`;
}

function unexplained({ allocated, pool }: Failure): string {
  return `with ${grouped(allocated)} of ${grouped(pool)} bytes allocated; the replay cannot show the layout of the rest.`;
}

function tooLarge({ func, pool }: Failure): string {
  return `because the whole pool has only ${grouped(pool)} bytes. Look at the caller${func === "" ? "" : ` (${func})`}, not at the size.`;
}

function badAlignment({ alignment }: Failure): string {
  return `because its alignment, ${grouped(alignment ?? 0)}, is no power of two. No pool could serve it; look at the caller.`;
}

/** The requests that OP-TEE's own tests make to fail, by size. */
function selfTest(failures: readonly Failure[]): string | null {
  const own = failures.filter(({ kind }) => kind === "self-test");
  if (own.length === 0) return null;
  const asked = own.map(({ size, alignment }) => {
    const aligned = alignment === null ? "" : ` with alignment ${grouped(alignment)}`;
    return `${grouped(size)} bytes${aligned}`;
  });
  const they = own.length === 1 ? "request was" : "requests were";
  return `${grouped(own.length)} ${they} made to fail, by ${SELF_TEST}: ${[...new Set(asked)].join("; ")}. That says nothing about the size of the heap.`;
}

function where({ mark }: Failure): string {
  return mark === "" ? "" : `${mark}: `;
}
