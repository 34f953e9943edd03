// `teemem report --html`: the page in one file, with a recording inside.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { indexOf } from "../../recording/indexed/indexed_view.ts";
import type { Recording } from "../../recording/recording.ts";
import { readBundle } from "../../serve/page/bundle.ts";
import { oneFile } from "../../serve/page/one_file.ts";
import { openIndexedFile } from "../../source/file/indexed_file.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { pageFolder } from "../outputs/page_folder.ts";
import { openOutput } from "../outputs/write_file.ts";
import { isPlainRecording, writeCopy } from "./shown_files.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** Where the file goes. */
interface HtmlOptions {
  readonly html: string;
  readonly force?: boolean;
}

/** Bytes of a recording: a browser takes a text of half a gigabyte in one piece, and four letters stand for three bytes. */
const MOST = 2e8;
const CHUNK = 3 * 2 ** 18;

/** Writes the file. A single recording of `teemem record` goes into it as it is; else `read` gives what does. */
export async function writeReport(
  paths: readonly string[],
  { html, force }: HtmlOptions,
  read: () => Promise<Result<Recording, CommandResult>>,
  io: Io,
): Promise<CommandResult> {
  const page = readBundle(pageFolder());
  if (!page.ok) return page;
  using folder = temporaryFolder();
  const found = await recordingFile(paths, folder.file("report.arrows"), read);
  if (!found.ok) return found.error;
  const { name, path } = found.value;
  if (statSync(path).size > MOST) return err(tooLarge(name));
  const index = await indexAt(path);
  if (!index.ok) return err(`${printable(name)}: ${index.error}`);
  const file = openOutput(html, force === true ? "replace" : "refuse", "choose another file, or pass --force");
  if (!file.ok) return file;
  let length = 0;
  for (const part of oneFile(page.value, [{ name, bytes: partsOf(path), index: index.value }])) {
    file.value.write(part);
    length += Buffer.byteLength(part);
  }
  file.value.finish();
  io.err.write(shown`teemem: ${printable(html)}: ${grouped(length)} bytes\n`);
  return ok(0);
}

/** A recording in a file, which is `copy` where it had to be made, and what the page calls it. */
async function recordingFile(
  paths: readonly string[],
  copy: string,
  read: () => Promise<Result<Recording, CommandResult>>,
): Promise<Result<{ readonly name: string; readonly path: string }, CommandResult>> {
  const [only = "-", ...others] = paths;
  const named = others.length === 0 && only !== "-";
  if (named && (await isPlainRecording(only))) return ok({ name: basename(only), path: only });
  const recording = await read();
  if (!recording.ok) return recording;
  await writeCopy(recording.value, copy);
  return ok({ name: named ? basename(only) : recording.value.origin, path: copy });
}

async function indexAt(path: string): Promise<Result<Uint8Array>> {
  const opened = await openIndexedFile(path);
  if (!opened.ok) return opened;
  await using file = opened.value;
  return ok(indexOf(file.recording));
}

function tooLarge(what: string): string {
  return `${printable(what)} is larger than ${grouped(MOST)} bytes, which is too much for one page: use 'teemem serve', which reads it in parts, or record a shorter run`;
}

function* partsOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) yield chunk.subarray(0, read);
  } finally {
    closeSync(file);
  }
}
