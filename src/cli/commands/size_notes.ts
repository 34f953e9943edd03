// The sentences and commands below a size report.
import { bestFitOption } from "../../analyze/heap_knob.ts";
import { type BuildFacts, raisedTogether } from "../../analyze/raise_together.ts";
import { momentOf, siteName } from "../../analyze/report/peak.ts";
import type { HeapSize, VariantSize } from "../../analyze/size/heap_size.ts";
import { type Margin, settingFor } from "../../analyze/size/pool_margin.ts";
import type { SmallestPool } from "../../analyze/size/pool_search.ts";
import { mostOf } from "../../base/extremes.ts";
import { counted, grouped } from "../../base/format.ts";
import { shellWord } from "../../base/shell_word.ts";
import { FIRST_POOL_MIN } from "../../malloc/add_pool.ts";
import type { InputKind } from "../../recording/input_kind.ts";
import type { Recording } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { foundIn } from "../../replay/trace_row.ts";
import type { SizeNotes } from "../../view/terminal/size_view.ts";
import { STDIN } from "../inputs/open_input.ts";

/** What `teemem replay` takes as it is. */
const REPLAYED: ReadonlySet<InputKind> = new Set<InputKind>(["recorded", "arrow", "plugin"]);

/** What to set, what fails just below, and the commands that prove it. */
export function sizeNotes(
  size: HeapSize,
  trace: RecordedTrace,
  margin: Margin,
  recording: Recording,
  facts: BuildFacts = {},
): SizeNotes {
  const [first, best] = size.variants;
  const on = replayed(trace, recording);
  return {
    advice: [
      advice(size, first, margin, ""),
      withIt(size, first, margin, facts),
      advice(size, best, margin, bestFitOption(size.heap)),
      afterFailure(size),
      reservations(trace),
    ].flat(),
    below: [least(size), below(size, first, trace), below(size, best, trace)].flat(),
    proof: on === null ? [] : [...proof(size, first, on), ...proof(size, best, on), ...testProof(size, on)],
  };
}

/** A margin in words. */
export function marginText(margin: Margin): string {
  return "percent" in margin ? `${margin.percent} %` : `${grouped(margin.bytes)} bytes`;
}

/** What must be raised with the value for first fit. */
function withIt(
  { knob }: HeapSize,
  variant: VariantSize | undefined,
  margin: Margin,
  facts: BuildFacts,
): readonly string[] {
  const pool = variant?.served.pool ?? null;
  const setting = pool === null ? undefined : settingFor(pool, margin, knob);
  return setting === undefined ? [] : raisedTogether(knob.name, setting.value - knob.configured, facts);
}

function advice(size: HeapSize, variant: VariantSize | undefined, margin: Margin, option: string): string[] {
  const pool = variant?.served.pool;
  if (variant === undefined || pool === null || pool === undefined) return [];
  // A TA has no option for best fit, so only first fit can be advised.
  if (variant.fit === "best" && option === "") return [];
  const setting = settingFor(pool, margin, size.knob);
  const fit = variant.fit === "best" ? `With best fit (${option})` : "With first fit";
  if (setting === undefined) {
    return [`${fit} a pool of ${grouped(pool)} bytes is enough; no build option sets the size of this heap.`];
  }
  const { name, configured } = size.knob;
  const here =
    setting.here === null || size.knob.added === 0
      ? ""
      : ` (${setting.here} is enough in this build, because its linker adds ${grouped(size.knob.added)}; another may add less)`;
  const change = setting.value === configured ? ", as it is now" : `, now ${configured}`;
  return [
    `${fit}: ${name}=${setting.value}${change}${here}: ${grouped(pool)} bytes are needed, ${grouped(setting.pool)} with a margin of ${marginText(margin)}.`,
  ];
}

/** A program that ends when a request fails has not asked yet for all that it needs. */
function afterFailure({ curable }: HeapSize): string[] {
  return curable === 0 ? [] : [UNRECORDED];
}

/** What a recording with failed requests does not tell. */
export const UNRECORDED =
  "Requests failed in the recording: what the program would have asked for after that is not in it. Set the larger size, record again, and size that recording.";

/** What the answers rest on, where that is less than a whole recording of a heap with one pool. */
function reservations(trace: RecordedTrace): string[] {
  const found = foundIn(trace);
  const pools = mostOf(trace.instances.map(({ pools }) => pools.length));
  return [
    ...(found > 0
      ? [
          `An estimate, because the replay is not exact: ${counted(found, "block")} ${found === 1 ? "was" : "were"} live already when the recording began; their order in the free list is unknown.`,
        ]
      : []),
    ...(pools > 1
      ? [`The heap has up to ${pools} pools; only the size of the first varies, the others keep their size.`]
      : []),
  ];
}

function below(size: HeapSize, variant: VariantSize | undefined, trace: RecordedTrace): string[] {
  const { below: failure, served } = variant ?? {};
  if (!failure || served?.fails === null || served === undefined) return [];
  const { mark, line, instance } = momentOf(trace, failure.row);
  const where = [
    ...(mark === "" ? [] : [`in ${mark}`]),
    `line ${line}`,
    ...(size.instances > 1 ? [`instance ${instance}, the worst of ${size.instances}`] : []),
  ];
  return [
    `${variant?.fit === "best" ? "Best" : "First"} fit, ${grouped(served.fails)} bytes: ${grouped(trace.size[failure.row] as number)} bytes for ${siteName(trace, failure.row)} fail ${where.join(", ")}.`,
  ];
}

/** The smallest pool of all works. */
function least({ variants, quantum }: HeapSize): string[] {
  const reached = variants.some(({ served: { pool } }) => pool !== null && pool <= FIRST_POOL_MIN + quantum);
  if (!reached) return [];
  return [
    `${grouped(FIRST_POOL_MIN)} bytes is the smallest pool that OP-TEE's allocator takes: nothing below was tried.`,
  ];
}

function proof(size: HeapSize, variant: VariantSize | undefined, on: string): string[] {
  const found = size.curable > 0 ? variant?.asRecorded : variant?.served;
  if (!found || variant === undefined || found.pool === null) return [];
  const command = (pool: number): string => `teemem replay --fit ${variant.fit} --pool ${pool} ${on}`;
  const works = `${command(found.pool)}   # exit code 0`;
  const all = size.curable > 0 ? servedProof(variant.served, command) : [];
  return [works, ...(found.fails === null ? [] : [`${command(found.fails)}   # exit code 1`]), ...all];
}

/** Requests that failed in the recording may fail again. So the output answers the question, not the exit code. */
function servedProof({ pool, fails }: SmallestPool, command: (pool: number) => string): string[] {
  if (pool === null) return [];
  const works = `${command(pool)}   # requests that had failed succeed`;
  return fails === null ? [works] : [works, `${command(fails)}   # some of them fail`];
}

function testProof({ tests }: HeapSize, on: string): string[] {
  const test = tests.findLast(({ first }) => first.pool !== null && first.fails !== null);
  if (test === undefined) return [];
  const command = (pool: number | null): string =>
    `teemem replay --fit first --pool ${pool} --mark ${shellWord(test.mark)} ${on}`;
  return [
    "check any row of the table in the same way:",
    `${command(test.first.pool)}   # exit code 0`,
    `${command(test.first.fails)}   # exit code 1`,
  ];
}

/** The trace as arguments of `teemem replay`; null where that does not take what it was read from. */
function replayed(trace: RecordedTrace, { traces, files = [] }: Recording): string | null {
  const file = files[traces.indexOf(trace)];
  if (file === undefined || file.name === STDIN || !REPLAYED.has(file.kind)) return null;
  const several = files.filter(({ name }) => name === file.name).length > 1;
  return `${several ? `--heap ${shellWord(trace.context)} ` : ""}${shellWord(file.name)}`;
}
