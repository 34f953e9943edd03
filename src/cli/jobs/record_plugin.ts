// Writes a recording of what the plugin of QEMU sends, while it sends it: from a file, a FIFO, or a Unix socket.
import { createReadStream, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import { counted, grouped } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { createPluginReader, isPluginEvents } from "../../recording/plugin_events.ts";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { inputFailure, openInput } from "../inputs/open_input.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { RecordJson } from "../schemas/record.ts";
import { openRecordFile } from "./record_file.ts";

type Chunks = AsyncIterable<Uint8Array>;

const SOCKET = "unix:";
const FLUSH_MS = 1000;

/** The plugin's output behind a path; null if it is something else, which is not opened then. */
export async function pluginChunks(path: string, io: Pick<Io, "input">): Promise<Result<Chunks | null>> {
  if (path.startsWith(SOCKET)) return heardOn(path.slice(SOCKET.length));
  // A FIFO is read as it comes; nothing else that we read is one.
  const found = path === "-" ? null : await stat(path).catch(() => null);
  if (found?.isFIFO() === true) return ok(createReadStream(path));
  if (path === "-" || found === null) return ok(null);
  const opened = await openInput(path, io.input);
  if (!opened.ok) return err(opened.error.text);
  if (isPluginEvents(opened.value.head)) return ok(opened.value.chunks());
  await opened.value.close();
  return ok(null);
}

/** Listens until a plugin has connected, and gives what it sends. */
function heardOn(path: string): Promise<Result<Chunks>> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      server.close();
      resolve(ok(socket));
    });
    server.once("error", (error) => resolve(err(`${printable(path)}: ${error.message}`)));
    server.once("close", () => rmSync(path, { force: true }));
    server.listen(path);
  });
}

/** Records to the end of what is sent. On disk after a second at the latest. */
export async function recordPlugin(
  path: string,
  chunks: Chunks,
  options: { readonly output: string; readonly force?: boolean; readonly json?: boolean },
  io: Io,
): Promise<CommandResult> {
  const file = await openRecordFile(options.output, options.force === true);
  if (!file.ok) return file;
  const writer = await createRecordingWriter({ origin: path, version: "" }, file.value.write);
  const reader = createPluginReader(writer);
  const timer = setInterval(() => writer.flush(), FLUSH_MS);
  const read = await readAll(path, chunks, reader.push);
  clearInterval(timer);
  const end = read.ok ? reader.end() : read;
  writer.end();
  if (!end.ok && writer.rows === 0) file.value.remove();
  else file.value.close();
  if (!end.ok) return err(`${printable(path)}: ${end.error}`);
  const notes = [
    `${printable(options.output)}: ${counted(writer.rows, "row")}, ${grouped(file.value.bytes)} bytes`,
    ...(end.value.cut ? [`${printable(path)} has no end: QEMU still runs, or was killed`] : []),
    ...(end.value.note === "" ? [] : [end.value.note]),
    ...(file.value.failure === "" ? [] : [file.value.failure]),
  ];
  for (const note of notes) io.err.write(shown`teemem: ${printable(note)}\n`);
  if (options.json === true) {
    const what = { rows: writer.rows, bytes: file.value.bytes, late: [], findings: 0, wrong: notes.slice(1) };
    io.out.writeData(describedJson<RecordJson>()({ file: options.output, recording: path, version: "", ...what }));
  }
  return ok(file.value.failure === "" ? 0 : 1);
}

async function readAll(path: string, chunks: Chunks, push: (bytes: Uint8Array) => Result<void>): Promise<Result<void>> {
  try {
    for await (const chunk of chunks) {
      const read = push(chunk);
      if (!read.ok) return read;
    }
    return ok(undefined);
  } catch (error) {
    return err(inputFailure(path, error).text);
  }
}
