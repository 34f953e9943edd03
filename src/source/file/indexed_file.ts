// A recording in a file, with its index beside it: `run.arrows` and `run.arrows.index`.
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { ok, type Result } from "../../base/result.ts";
import { isIndex } from "../../recording/indexed/index_bytes.ts";
import type { IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import { indexOf } from "../../recording/indexed/indexed_view.ts";
import { type OpenOptions, openIndexed } from "../../recording/indexed/open_indexed.ts";
import { openRangeFile } from "./range_file.ts";

/** A recording in a file that stays open until it is disposed of. */
interface IndexedFile extends AsyncDisposable {
  readonly recording: IndexedRecording;
  /** Bytes of the file that are covered. */
  readonly size: number;
}

/** Bytes of recordings that get no file for their index: to read them takes a fraction of a second. */
const SMALL = 2 ** 22;

/**
 * Opens the recording in a file by the index beside it, which is made or completed where that is due and possible. Rejects as
 * `open` does where the file cannot be read; the error says what is wrong with its content.
 */
export async function openIndexedFile(
  path: string,
  options: Pick<OpenOptions, "progress" | "signal"> = {},
): Promise<Result<IndexedFile>> {
  const file = await openRangeFile(path);
  const index = await indexBeside(path);
  let kept = false;
  try {
    const opened = await openIndexed(file, { ...options, name: path, ...(index === null ? {} : { index }) });
    if (!opened.ok) return opened;
    if (file.size >= SMALL) await keep(path, index, indexOf(opened.value));
    kept = true;
    return ok({ recording: opened.value, size: file.size, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() });
  } finally {
    if (!kept) await file[Symbol.asyncDispose]();
  }
}

/** Makes the index beside a recording that was just written. Whatever fails is left for whoever opens it. */
export async function makeIndexBeside(path: string): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size < SMALL) return;
    const opened = await openIndexedFile(path);
    if (opened.ok) await opened.value[Symbol.asyncDispose]();
  } catch (error) {
    // Our own bugs have no code.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/** The bytes of the index beside a file; null where there is none that can be read. */
async function indexBeside(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(`${path}.index`);
  } catch {
    return null;
  }
}

/** Writes an index, unless it is there already, or something that is none. It takes its place as a whole. */
async function keep(path: string, old: Uint8Array | null, index: Uint8Array): Promise<void> {
  if (old !== null && (!isIndex(old) || Buffer.compare(old, index) === 0)) return;
  const beside = `${path}.index.${process.pid}`;
  try {
    await writeFile(beside, index, { flag: "wx" });
    await rename(beside, `${path}.index`);
  } catch {
    // The folder takes no files, or the disk is full: the next one who opens it tries again.
    await rm(beside, { force: true }).catch(() => {});
  }
}
