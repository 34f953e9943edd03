import type { TaRecord } from "../../abi/record.ts";
import { clip, joined, printable, printableJson, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { endOfMark } from "../../replay/trace_row.ts";
import { recordingSource } from "../../source/recording_source.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawPools, drawTas } from "../../view/terminal/pool_table.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { suggest } from "../outputs/nearest.ts";
import type { Io, Outcome } from "../outputs/outcome.ts";

const FILE = "file:";
const SECOND = 1e6;

/** The statistics of a recording `file:PATH` at a moment: seconds, or the end of a mark; default its end. */
export async function printRecorded(
  on: string,
  { at, json }: { readonly at?: string; readonly json?: boolean },
  io: Io,
): Promise<Outcome> {
  const path = on.slice(FILE.length);
  if (path === "") return err("--on names no recording: give its path, like file:run.arrows");
  const recording = await readRecordings([path], io);
  if (!recording.ok) return recording;
  const moment = momentIn(recording.value, at);
  if (!moment.ok) return moment;
  await using source = recordingSource(on, recording.value, moment.value);
  const alloc = await source.ask("alloc");
  const ta = await source.ask("ta");
  const pools = alloc.ok ? alloc.value.pools : [];
  const tas: readonly TaRecord[] = ta.ok ? ta.value : [];
  if (json === true) {
    const plain = { release: recording.value.version, pools, tas };
    io.out.write(shown`${printableJson(plain, 2)}\n`);
    return ok(0);
  }
  const paint = createPaint(io.out.colours);
  const release = recording.value.version === "" ? "of an unknown release" : recording.value.version;
  io.out.write(shown`${paint.bold(printable(`OP-TEE ${release}, ${on}`))}\n\n`);
  io.out.write(shown`${alloc.ok ? joined(drawPools(pools, paint), "\n") : "Pools: not recorded."}\n\n`);
  io.out.write(shown`${ta.ok ? joined(drawTas(tas, paint), "\n") : "Trusted applications: not recorded."}\n`);
  return ok(0);
}

function momentIn({ traces }: Recording, at: string | undefined): Result<number> {
  if (at === undefined) return ok(Number.POSITIVE_INFINITY);
  if (/^\d+(\.\d+)?$/.test(at)) return ok(Number(at) * SECOND);
  for (const trace of traces) {
    const end = endOfMark(trace, at);
    if (end.ok) return ok(end.value === trace.length ? Number.POSITIVE_INFINITY : (trace.time[end.value - 1] ?? 0));
  }
  const names = traces.flatMap(({ marks }) => marks.map(({ name }) => name));
  return err(`no mark '${clip(at)}' in this recording, and no number of seconds${suggest(at, names)}`);
}
