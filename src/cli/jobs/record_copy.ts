// Writes a recording of what was recorded already: by another tool, or in a source that is a recording.

import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { isFinding } from "../../recording/ta_finding.ts";
import { writeRecording } from "../../recording/write_recording.ts";
import type { Source } from "../../source/source.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { overwrites } from "../inputs/same_file.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import { openOutput } from "../outputs/write_file.ts";
import type { RecordJson } from "../schemas/record.ts";
import { ask, unanswered } from "../systems/asking.ts";
import { elfFiles } from "../systems/elf_files.ts";
import { pluginChunks, recordPlugin } from "./record_plugin.ts";
import { resolveTaSites } from "./ta_sites.ts";

/** Where it goes. */
interface CopyOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly json?: boolean;
  /** Programs of TAs, for call sites that are addresses. */
  readonly taElf?: readonly string[];
}

/** What a source has recorded already is written as it is. */
export async function copyRecording(
  source: Source,
  words: readonly string[],
  options: CopyOptions,
  io: Io,
): Promise<CommandResult> {
  if (words.length > 0) return err(`${source.name} is a recording, so nothing can be run: leave out the workload`);
  const lost = overwrites(options.output, [source.name.replace(/^file:/, "")]);
  if (lost !== null) return err(lost);
  const recording = await ask(source, "recording");
  return recording.ok ? writeWhole(recording.value, options, io) : unanswered(source, recording.error, io);
}

/** Makes one recording of files. */
export async function importFiles(
  words: readonly string[],
  paths: readonly string[],
  options: CopyOptions,
  io: Io,
): Promise<CommandResult> {
  if (words.length > 0) return err("--from takes only files, so nothing can be run: leave out the workload");
  const files = await elfFiles({ taElf: options.taElf }, process.env);
  if (!files.ok) return files;
  const { taElf } = files.value;
  const lost = overwrites(options.output, [...paths, ...taElf]);
  if (lost !== null) return err(lost);
  const [first = ""] = paths;
  const sent = paths.length === 1 ? await pluginChunks(first, io) : ok(null);
  if (!sent.ok) return sent;
  if (sent.value !== null) return recordPlugin(first, sent.value, options, io);
  const recording = await readRecordings(paths, io);
  if (!recording.ok) return recording;
  const named = await resolveTaSites(recording.value, taElf, io);
  if (!named.ok) return named;
  writeReadNote(named.value.read, io.err);
  sayFindings(named.value, io);
  const written = await writeWhole(named.value, options, io);
  return written.ok && named.value.lost !== undefined ? ok(1) : written;
}

/** What red zones in TAs found, one line each. */
function sayFindings({ console }: Recording, { err: out }: Io): void {
  for (const { text } of console?.pieces ?? []) if (isFinding(text)) out.write(shown`${printable(text.trimEnd())}\n`);
}

/** Writes the file; an existing file is replaced only with --force. */
async function writeWhole(recording: Recording, { output, force, json }: CopyOptions, io: Io): Promise<CommandResult> {
  const file = openOutput(output, force === true ? "replace" : "refuse");
  if (!file.ok) return file;
  let bytes = 0;
  try {
    const writer = await createRecordingWriter(recording, (chunk) => {
      file.value.write(chunk);
      bytes += chunk.length;
    });
    writeRecording(recording, writer);
    writer.end();
    file.value.finish();
    io.err.write(shown`teemem: ${printable(output)}: ${counted(writer.rows, "row")}, ${grouped(bytes)} bytes\n`);
    if (json === true) {
      const { origin, version, findings = [] } = recording;
      const what = { rows: writer.rows, bytes, late: [], findings: findings.length, wrong: [] };
      io.out.writeData(describedJson<RecordJson>()({ file: output, recording: origin, version, ...what }));
    }
    return ok(0);
  } catch (error) {
    file.value.discard();
    throw error;
  }
}
