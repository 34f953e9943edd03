// The files of a user as recordings that the page can read: those of `teemem record` as they are, others converted first.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import { inputKind } from "../../recording/input_kind.ts";
import { writeShown } from "../../recording/ordered_lists.ts";
import type { Recording } from "../../recording/recording.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import type { ServedRecording } from "../../serve/files/served_file.ts";
import { openInput, type ReadIo } from "../inputs/open_input.ts";
import { inputProblem } from "../inputs/read_input.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { writeAll } from "../outputs/write_file.ts";
import { servedIndex } from "./served_index.ts";
import type { TemporaryFolder } from "./temporary_folder.ts";

/** Finds out what the files are, and converts what has to be into `folder`. The error names the file. */
export async function shownFiles(
  paths: readonly string[],
  folder: TemporaryFolder,
  io: ReadIo,
): Promise<Result<readonly ServedRecording[]>> {
  const problem = await inputProblem(paths);
  if (problem !== null) return err(problem);
  const shown: ServedRecording[] = [];
  for (const path of paths) {
    const id = `file-${shown.length + 1}`;
    const at = await recordingAt(path, folder.file(`${id}.arrows`), io);
    if (!at.ok) return at;
    const growing = (): boolean => at.value === path && isGrowing(path);
    shown.push({ id, name: basename(path), path: at.value, growing, index: servedIndex(at.value, growing) });
  }
  return ok(shown);
}

/** True for what `teemem record` writes, as it wrote it: it can be read in parts. */
export async function isPlainRecording(path: string): Promise<boolean> {
  if (path === "-") return false;
  const opened = await openInput(path, none());
  if (!opened.ok) return false;
  const { head, packed, size, close } = opened.value;
  await close();
  return size !== undefined && packed === undefined && inputKind(head) === "arrow";
}

async function* none(): AsyncGenerator<never> {}

/** The path itself, or that of the copy that it was converted into. */
async function recordingAt(path: string, copy: string, io: ReadIo): Promise<Result<string>> {
  if (await isPlainRecording(path)) return ok(path);
  const recording = await readRecordings([path], io);
  if (!recording.ok) return recording;
  await writeCopy(recording.value, copy);
  return ok(copy);
}

/** Writes a recording into a file that is not there yet. */
export async function writeCopy(recording: Recording, path: string): Promise<void> {
  const file = openSync(path, "wx", 0o600);
  try {
    const writer = await createRecordingWriter(recording, (bytes) => writeAll(file, bytes));
    writeShown(recording, writer);
    writer.end();
  } finally {
    closeSync(file);
  }
}

/** Somebody wrote to it so many milliseconds ago at the most, and it has no end: it is being recorded. */
const RECENT = 10_000;
const END = Buffer.of(255, 255, 255, 255, 0, 0, 0, 0);

function isGrowing(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || Date.now() - stat.mtimeMs > RECENT) return false;
  const file = openSync(path, "r");
  try {
    const last = Buffer.alloc(END.length);
    readSync(file, last, 0, last.length, Math.max(0, stat.size - last.length));
    return !last.equals(END);
  } finally {
    closeSync(file);
  }
}
