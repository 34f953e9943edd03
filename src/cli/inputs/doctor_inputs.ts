// Reads the symptoms that `teemem doctor` is given.
import { ORIGIN } from "../../abi/ids.ts";
import { heapSeries } from "../../analyze/counters/heap_series.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import { withEarlier } from "../../analyze/triage/growth.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { inputKind } from "../../recording/input_kind.ts";
import type { TextContent } from "../../recording/text_content.ts";
import type { TextSummary } from "../../recording/text_summary.ts";
import { openInput, type ReadIo } from "./open_input.ts";
import { readText } from "./read_text.ts";
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
  if (options.missing !== undefined && options.log === undefined)
    return err("--missing leaks needs --log with the log of the secure console");
  const log = await readGiven(options.log, io);
  if (!log.ok) return log;
  const stats = options.stats === options.log ? log : await readGiven(options.stats, io);
  if (!stats.ok) return stats;
  const texts = [log.value, stats.value].filter((one) => one !== undefined);
  const read = [...new Set(texts)].map(({ summary }) => summary);
  const console = texts[0]?.console;
  return ok({
    ...code.value,
    ...(origin.value === undefined ? {} : { origin: origin.value }),
    ...(options.call === undefined ? {} : { call: options.call }),
    ...(options.missing === undefined ? {} : { wantsLeaks: true }),
    tried: (options.tried ?? []).flatMap((word) => word.split(/[\s,]+/)).map((word) => word.split("=", 1)[0] ?? ""),
    ...(console === undefined ? {} : { console }),
    ...figuresOf(texts),
    clipped: read.some(({ clipped }) => clipped > 0),
    read,
  });
}

/** A text, whichever option names it: one terminal may show the console and what xtest prints. */
export async function readGiven(path: string | undefined, io: ReadIo): Promise<Result<TextContent | undefined>> {
  if (path === undefined) return ok(undefined);
  const opened = await openInput(path, io.input);
  if (!opened.ok) return err(opened.error.text);
  const file = opened.value;
  if (inputKind(file.head) !== "text") {
    await file.close();
    return err(`${file.name}: is a recording, no text: 'teemem doctor --on file:PATH' examines it`);
  }
  return readText(path, file, io);
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
    refused: [...new Set(texts)].flatMap(({ refused }) => refused),
  };
}

function parseOrigin(text: string): Result<number> {
  const name = text.toUpperCase().replace(/^TEEC?_ORIGIN_/, "");
  const named = Object.entries(ORIGIN).find(([key]) => key === name)?.[1];
  const number = named ?? (/^(0x)?[1-4]$/.test(text) ? Number(text) : undefined);
  if (number !== undefined) return ok(number);
  return err(`--origin: expected 1 (API), 2 (COMMS), 3 (TEE) or 4 (TRUSTED_APP), not '${clip(text)}'`);
}
