// Reads the symptoms that `teemem doctor` is given.
import { ORIGIN } from "../../abi/ids.ts";
import { heapSeries } from "../../analyze/counters/heap_series.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import { passedIn } from "../../analyze/triage/failure.ts";
import { withEarlier } from "../../analyze/triage/growth.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { TextContent } from "../../recording/text_content.ts";
import { isEmpty, type TextSummary } from "../../recording/text_summary.ts";
import { type ConsoleFacts, joinedFacts } from "../../xtest/console_facts.ts";
import { readTexts } from "./given_texts.ts";
import type { ReadIo } from "./open_input.ts";
import { parseCode } from "./result_code.ts";

/** The user's data about a failure. */
export interface DoctorOptions {
  readonly error?: string;
  readonly origin?: string;
  readonly call?: string;
  readonly tried?: readonly string[];
  readonly log?: string;
  readonly stats?: string;
  readonly missing?: string;
  /** Texts without an option: what they are is told by their bytes. */
  readonly texts?: readonly string[];
}

/** Symptoms, and what was read in texts. */
interface GivenSymptoms extends Symptoms {
  readonly read: readonly TextSummary[];
}

/** Reads all of it. */
export async function readSymptoms(options: DoctorOptions, io: ReadIo): Promise<Result<GivenSymptoms>> {
  const code = options.error === undefined ? ok(undefined) : parseCode(options.error);
  if (!code.ok) return code;
  const origin = options.origin === undefined ? ok(undefined) : parseOrigin(options.origin);
  if (!origin.ok) return origin;
  if (options.log === "-" && options.stats === "-") return err("standard input can be read only once");
  if (options.missing !== undefined && options.missing !== "leaks")
    return err(`--missing accepts only 'leaks', not '${clip(options.missing)}'`);
  const { log, stats, texts: others = [] } = options;
  const paths = [...new Set([log, ...others, stats].filter((one) => one !== undefined))];
  if (options.missing !== undefined && (paths.length === 0 || (log === undefined && stats !== undefined)))
    return err("--missing leaks needs --log with the log of the secure console");
  const given = await readTexts(paths, io);
  if (!given.ok) return given;
  const texts = given.value;
  const [first, ...more] = texts.map((text) => (texts.length > 1 ? withName(text) : text.console));
  const fails = [options.error, options.origin, options.call].some((one) => one !== undefined);
  const passed = fails ? undefined : passedTests(texts);
  return ok({
    ...code.value,
    ...(origin.value === undefined ? {} : { origin: origin.value }),
    ...(options.call === undefined ? {} : { call: options.call }),
    ...(options.missing === undefined ? {} : { wantsLeaks: true }),
    // Among other texts, a TA without a session is nothing to look for.
    ...(stats === undefined || paths.length > 1 ? { asksZeros: false } : {}),
    tried: (options.tried ?? []).flatMap((word) => word.split(/[\s,]+/)).map((word) => word.split("=", 1)[0] ?? ""),
    ...(first === undefined ? {} : { console: joinedFacts([first, ...more]) }),
    ...(passed === undefined ? {} : { passed }),
    ...figuresOf(texts),
    clipped: texts.some(({ summary }) => summary.clipped > 0),
    read: texts.map(({ summary }) => summary),
  });
}

/** The facts of one text among several: what is told by a line has its name, too. */
function withName({ console, summary: { name } }: TextContent): ConsoleFacts {
  const named = <Told extends { readonly line: number }>(told: Told) => ({ at: `${name} line ${told.line}`, ...told });
  return { ...console, facts: console.facts.map(named), dumps: console.dumps.map(named) };
}

/** Lines of some texts that should have been understood, and those of which nobody knows; a text that says nothing is one. */
export function unreadIn(read: readonly TextSummary[]): number {
  return read.reduce(
    (sum, one) =>
      sum + one.unread + one.clipped + (one.doubtful === undefined ? 0 : 1) + (isEmpty(one) && one.lines > 0 ? 1 : 0),
    0,
  );
}

/** How many cases xtest ran without a failure, in all texts that have its results. */
function passedTests(texts: readonly TextContent[]): number | undefined {
  const tests = texts.filter(({ console: { counts } }) => counts.has("tests-passed") || counts.has("tests-failed"));
  const passed = tests.map(({ console }) => passedIn(console));
  if (passed.length === 0 || passed.includes(undefined)) return undefined;
  return passed.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** The last report of each kind, of the file with statistics if there is one, with those before it; and all calls that failed. */
function figuresOf(texts: readonly TextContent[]): Pick<Symptoms, "pools" | "tas" | "series" | "refused"> {
  const pools = texts.findLast((one) => one.pools !== undefined)?.pools;
  const tas = texts.findLast((one) => one.tas !== undefined)?.tas;
  if (texts.length === 0) return {};
  const samples = texts.findLast(({ counters }) => counters.samples.length > 0)?.counters.samples ?? [];
  const last = { ...(pools === undefined ? {} : { pools }), ...(tas === undefined ? {} : { tas }) };
  return {
    ...withEarlier(last, heapSeries({ samples, traces: [] })),
    refused: texts.flatMap(({ refused }) => refused),
  };
}

function parseOrigin(text: string): Result<number> {
  const name = text.toUpperCase().replace(/^TEEC?_ORIGIN_/, "");
  const named = Object.entries(ORIGIN).find(([key]) => key === name)?.[1];
  const number = named ?? (/^(0x)?[1-4]$/.test(text) ? Number(text) : undefined);
  if (number !== undefined) return ok(number);
  return err(`--origin: expected 1 (API), 2 (COMMS), 3 (TEE) or 4 (TRUSTED_APP), not '${clip(text)}'`);
}
