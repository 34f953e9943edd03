// Reads a file of any command as a whole: by its name or from standard input, packed or not.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { err, ok, type Result } from "../../base/result.ts";
import { type InputProblem, inputFailure, inputName, type OpenInput, openInput } from "./open_input.ts";

/** Bytes of a file once it is unpacked. */
const LARGEST = 2 ** 28;
/** What is larger gets room for all that may come: pages that nothing is written to take no memory, but a copy does. */
const LARGEST_COPY = 2 ** 26;
const HEAD = 65536;
const NEWLINE = 10;
const CUT = "the gzip data ends too early; the file is cut off, copy it again";

type Chunks = AsyncIterable<Uint8Array>;

/** What keeps these files from being read, as far as that shows without reading them, or null. */
export async function inputProblem(paths: readonly string[]): Promise<string | null> {
  if (paths.filter((path) => path === "-").length > 1) return "standard input can be read only once";
  for (const path of paths) {
    if (path === "-") continue;
    try {
      await access(path, constants.R_OK);
      if ((await stat(path)).isDirectory()) return `${inputName(path)}: is a directory; name the files in it`;
    } catch (error) {
      return inputFailure(path, error).text;
    }
  }
  return null;
}

/** Like `readFile`, with a sentence as the error. */
export async function readInput(...args: Parameters<typeof readFile>): Promise<Result<Uint8Array>> {
  const read = await readFile(...args);
  return read.ok ? read : err(read.error.text);
}

/**
 * Reads a whole file, or standard input for `-`, and decompresses what begins like gzip or Zstandard. `headProblem` sees the
 * first 64 KiB in whole lines (or all there is) and ends the reading by saying what is wrong.
 */
export async function readFile(
  path: string,
  input: Chunks,
  headProblem: (head: Uint8Array) => string | null = () => null,
  largest = LARGEST,
): Promise<Result<Uint8Array, InputProblem>> {
  const opened = await openInput(path, input);
  if (!opened.ok) return opened;
  const file = opened.value;
  const problem = headProblem(file.head.length < HEAD ? file.head : wholeLines(file.head));
  if (problem === null) return readOpened(path, file, largest);
  await file.close();
  return err({ text: `${file.name}: ${problem}`, missing: false });
}

/** All bytes of an opened file. */
export async function readOpened(
  path: string,
  file: OpenInput,
  largest = LARGEST,
): Promise<Result<Uint8Array, InputProblem>> {
  let held: Uint8Array = new Uint8Array(HEAD);
  let length = 0;
  const failed = (text: string): Result<never, InputProblem> => err({ text: `${file.name}: ${text}`, missing: false });
  try {
    for await (const chunk of file.chunks()) {
      if (length + chunk.length > largest)
        return failed(`larger than ${largest} bytes${file.packed === undefined ? "" : " when decompressed"}`);
      held = withRoom(held, length, chunk.length, largest);
      held.set(chunk, length);
      length += chunk.length;
    }
  } catch (error) {
    return err(inputFailure(path, error));
  }
  return file.cut ? failed(CUT) : ok(held.subarray(0, length));
}

/** The first `length` bytes in a buffer with room for `more`. */
function withRoom(held: Uint8Array, length: number, more: number, largest: number): Uint8Array {
  if (length + more <= held.length) return held;
  const needed = Math.max(length + more, 2 * held.length);
  const larger = new Uint8Array(needed > LARGEST_COPY ? Math.max(largest, length + more) : needed);
  larger.set(held.subarray(0, length));
  return larger;
}

function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(NEWLINE);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}
