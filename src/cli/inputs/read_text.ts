// Reads a text as a stream: console logs, outputs of xtest, of any length.
import { err, ok, type Result } from "../../base/result.ts";
import { createContentReader, type TextContent } from "../../recording/text_content.ts";
import { isEmpty } from "../../recording/text_summary.ts";
import { looksLike, packedAs } from "../../text/content.ts";
import type { ConsoleOptions } from "../../xtest/console_log.ts";
import { createProgress } from "../outputs/progress.ts";
import { inputFailure, type OpenInput, type ReadIo } from "./open_input.ts";

const NOTHING = "nothing in it was understood";

/** As `readAnyText`; it is an error as well if nothing in it was understood, which `nothing` says. */
export async function readText(
  path: string,
  file: OpenInput,
  io: ReadIo,
  options: ConsoleOptions = {},
  nothing = NOTHING,
): Promise<Result<TextContent>> {
  const content = await readAnyText(path, file, io, options);
  return content.ok && isEmpty(content.value.summary) ? err(notUnderstood(file, nothing)) : content;
}

/** Says what a text looks like of which nothing was understood. */
export function notUnderstood(file: OpenInput, nothing = NOTHING): string {
  return `${file.name}: ${nothing}; it looks like ${looksLike(file.head)}`;
}

/**
 * All that an opened text has, and be it nothing. The error is a sentence: the text is packed in a way that only another program
 * unpacks, or cannot be read.
 */
export async function readAnyText(
  path: string,
  file: OpenInput,
  { err: out, clock }: ReadIo,
  options: ConsoleOptions = {},
): Promise<Result<TextContent>> {
  const packed = packedAs(file.head);
  if (packed !== undefined) {
    await file.close();
    return err(`${file.name}: packed with ${packed.name}; unpack it first: ${packed.unpack} FILE | teemem … -`);
  }
  const progress = out && clock ? createProgress(out, clock) : null;
  const reader = createContentReader(file.name, options);
  let done = 0;
  try {
    for await (const chunk of file.chunks()) {
      reader.push(chunk);
      done += chunk.length;
      progress?.show(file.name, done, file.packed === undefined ? (file.size ?? 0) : 0);
    }
  } catch (error) {
    return err(inputFailure(path, error).text);
  } finally {
    progress?.clear();
  }
  return ok(reader.end(file.cut));
}
