// The list of recordings, their bytes by range, and their indexes.
import { stat } from "node:fs/promises";
import type { Context, Hono } from "hono";
import { byteRange } from "./byte_range.ts";
import { fileStream } from "./file_stream.ts";
import { openServed, type ServedRecording } from "./served_file.ts";

/** Answers with bytes of files under way at once; each holds a file and a chunk. */
const MOST_READERS = 256;

/** Serves the recordings; `files` gives those of now. */
export function fileRoutes(app: Hono, files: () => readonly ServedRecording[]): void {
  let readers = 0;
  const done = (): void => {
    readers--;
  };
  const found = (c: Context): ServedRecording | undefined => files().find(({ id }) => id === c.req.param("id"));

  app.get("/api/files", async (c) => c.json(await Promise.all(files().map(entryOf))));
  app.get("/api/files/:id/bytes", async (c) => {
    const file = found(c);
    if (file === undefined) return missing(c);
    if (readers >= MOST_READERS) return busy(c);
    readers++;
    return bytesOf(c, file, done);
  });
  app.get("/api/files/:id/index", async (c) => {
    const index = await found(c)?.index();
    if (index === undefined || index === null) return missing(c);
    describe(c, index.length);
    return c.body(new Uint8Array(index));
  });
}

/** `done` is called when nothing of it is open any more. */
async function bytesOf(c: Context, served: ServedRecording, done: () => void): Promise<Response> {
  const opened = await openServed(served);
  if (!opened.ok) {
    done();
    return c.text(opened.error, 410);
  }
  const { handle, size, tag } = opened.value;
  c.header("ETag", tag);
  c.header("Accept-Ranges", "bytes");
  const asked = c.req.header("if-range");
  const range = asked === undefined || asked === tag ? byteRange(c.req.header("range"), size) : null;
  const { first, last } = range === null || range === "outside" ? { first: 0, last: size - 1 } : range;
  const length = last - first + 1;
  const status = range === null ? 200 : 206;
  if (range === "outside" || length === 0 || c.req.method === "HEAD") {
    await handle.close();
    done();
    c.header("Content-Range", range === null ? undefined : rangeText(range, size));
    if (range === "outside") return c.text("The file ends before that.\n", 416);
    describe(c, length);
    return c.body(null, status);
  }
  if (range !== null) c.header("Content-Range", rangeText(range, size));
  describe(c, length);
  return c.body(fileStream(handle, first, length, done), status);
}

function rangeText(range: { readonly first: number; readonly last: number } | "outside", size: number): string {
  return range === "outside" ? `bytes */${size}` : `bytes ${range.first}-${range.last}/${size}`;
}

async function entryOf(file: ServedRecording): Promise<object> {
  const { id, name } = file;
  const found = await stat(file.path).catch(() => null);
  return { id, name, size: found?.size ?? 0, growing: file.growing() };
}

function describe(c: Context, length: number): void {
  c.header("Content-Type", "application/octet-stream");
  c.header("Content-Length", String(length));
}

function busy(c: Context): Response {
  c.header("Retry-After", "1");
  return c.text("Too many files are read at once.\n", 503);
}

function missing(c: Context): Response {
  return c.text("There is no such file.\n", 404);
}
