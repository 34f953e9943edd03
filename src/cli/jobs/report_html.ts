// `teemem report --html`: the page in one file, with a recording inside.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { writeRecording } from "../../recording/write_recording.ts";
import { readBundle } from "../../serve/page/bundle.ts";
import { oneFile } from "../../serve/page/one_file.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { pageFolder } from "../outputs/page_folder.ts";
import { openOutput } from "../outputs/write_file.ts";
import { isPlainRecording } from "./shown_files.ts";

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
  const [path = ""] = paths;
  const plain = paths.length === 1 && (await isPlainRecording(path));
  let name = basename(path);
  let bytes: Iterable<Uint8Array>;
  if (plain) {
    if (statSync(path).size > MOST) return err(tooLarge(path));
    bytes = partsOf(path);
  } else {
    const recording = await read();
    if (!recording.ok) return recording.error;
    if (paths.length !== 1 || path === "-") name = recording.value.origin;
    const written = await bytesOf(recording.value);
    if (!written.ok) return err(written.error);
    bytes = written.value;
  }
  const file = openOutput(html, force === true ? "replace" : "refuse", "choose another file, or pass --force");
  if (!file.ok) return file;
  let length = 0;
  for (const part of oneFile(page.value, [{ name, bytes, index: new Uint8Array() }])) {
    file.value.write(part);
    length += Buffer.byteLength(part);
  }
  file.value.finish();
  io.err.write(shown`teemem: ${printable(html)}: ${grouped(length)} bytes\n`);
  return ok(0);
}

function tooLarge(what: string): string {
  return `${printable(what)} is larger than ${grouped(MOST)} bytes, which is too much for one page: use 'teemem serve', which reads it in parts, or record a shorter run`;
}

async function bytesOf(recording: Recording): Promise<Result<readonly Uint8Array[]>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const writer = await createRecordingWriter(recording, (part) => {
    length += part.length;
    if (length <= MOST) parts.push(Uint8Array.from(part));
  });
  writeRecording(recording, writer);
  writer.end();
  return length <= MOST ? ok(parts) : err(tooLarge("what is recorded"));
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
