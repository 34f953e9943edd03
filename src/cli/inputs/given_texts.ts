// Reads the texts of a failure, whatever each is: one of them may say nothing, not all.
import { err, ok, type Result } from "../../base/result.ts";
import { inputKind } from "../../recording/input_kind.ts";
import { createContentReader, type TextContent } from "../../recording/text_content.ts";
import { isEmpty } from "../../recording/text_summary.ts";
import { inputName, openInput, type ReadIo } from "./open_input.ts";
import { notUnderstood, readAnyText } from "./read_text.ts";

/** A text, and the sentence that says that it is empty or was not understood, if so. */
interface GivenText {
  readonly content: TextContent;
  readonly nothing?: string;
}

/** The texts of some files, in order; an error if nothing in any of them was understood, or one cannot be read. */
export async function readTexts(paths: readonly string[], io: ReadIo): Promise<Result<readonly TextContent[]>> {
  const texts: GivenText[] = [];
  for (const path of paths) {
    const one = await readOne(path, io);
    if (!one.ok) return one;
    texts.push(one.value);
  }
  const [first] = texts.flatMap(({ nothing }) => nothing ?? []);
  if (first !== undefined && texts.every(({ nothing }) => nothing !== undefined)) return err(first);
  return ok(texts.map(({ content }) => content));
}

async function readOne(path: string, io: ReadIo): Promise<Result<GivenText>> {
  const opened = await openInput(path, io.input);
  if (!opened.ok && opened.error.empty === true)
    return ok({ content: createContentReader(inputName(path)).end(), nothing: opened.error.text });
  if (!opened.ok) return err(opened.error.text);
  const file = opened.value;
  if (inputKind(file.head) !== "text") {
    await file.close();
    return err(`${file.name}: is a recording, no text: 'teemem doctor --on file:PATH' examines it`);
  }
  const content = await readAnyText(path, file, io);
  if (!content.ok) return content;
  const nothing = isEmpty(content.value.summary) ? { nothing: notUnderstood(file) } : {};
  return ok({ content: content.value, ...nothing });
}
