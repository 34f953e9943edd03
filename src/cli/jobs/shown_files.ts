// The files of a user as recordings that the page can read: those of `teemem record` as they are, others converted first.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import { inputKind } from "../../recording/input_kind.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { writeRecording } from "../../recording/write_recording.ts";
import type { ServedRecording } from "../../serve/files/served_file.ts";
import { openInput, type ReadIo } from "../inputs/open_input.ts";
import { inputProblem } from "../inputs/read_input.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import { openOutput } from "../outputs/write_file.ts";
import type { TemporaryFolder } from "./temporary_folder.ts";

/** A recording in a file, and how people call it. */
type ShownFile = Pick<ServedRecording, "name" | "path" | "growing">;

/** Finds out what the files are, and converts what has to be into `folder`. The error names the file. */
export async function shownFiles(
  paths: readonly string[],
  folder: TemporaryFolder,
  io: ReadIo,
): Promise<Result<readonly ShownFile[]>> {
  const problem = await inputProblem(paths);
  if (problem !== null) return err(problem);
  const shown: ShownFile[] = [];
  for (const path of paths) {
    const one = await shownFile(path, folder.file(`${shown.length + 1}.arrows`), io);
    if (!one.ok) return one;
    shown.push(one.value);
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

async function shownFile(path: string, copy: string, io: ReadIo): Promise<Result<ShownFile>> {
  const name = basename(path);
  if (await isPlainRecording(path)) return ok({ name, path, growing: () => isGrowing(path) });
  const recording = await readRecordings([path], io);
  if (!recording.ok) return recording;
  const file = openOutput(copy, "refuse");
  if (!file.ok) return file;
  const writer = await createRecordingWriter(recording.value, file.value.write);
  writeRecording(recording.value, writer);
  writer.end();
  file.value.finish();
  return ok({ name, path: copy, growing: () => false });
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
