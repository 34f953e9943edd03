// Reads a text as a stream: console logs, outputs of xtest, of any length.
import { err, ok, type Result } from "../../base/result.ts";
import { createContentReader, type TextContent } from "../../recording/text_content.ts";
import { isEmpty } from "../../recording/text_summary.ts";
import { looksLike, packedAs } from "../../text/content.ts";
import type { ConsoleOptions } from "../../xtest/console_log.ts";
import { createProgress } from "../outputs/progress.ts";
import { inputFailure, type OpenInput, type ReadIo } from "./open_input.ts";

/**
 * All that an opened text has. The error is a sentence: the text is packed in a way that only another program unpacks, or cannot
 * be read, or nothing in it was understood, which `nothing` says.
 */
export async function readText(
  path: string,
  file: OpenInput,
  { err: out, clock }: ReadIo,
  options: ConsoleOptions = {},
  nothing = "nothing in it was understood",
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
  const content = reader.end(file.cut);
  if (!isEmpty(content.summary)) return ok(content);
  return err(`${file.name}: ${nothing}; it looks like ${looksLike(file.head)}`);
}
