// Reads what a boot log, a conf.mk or the linker's output tells of a build.
import type { BuildFacts } from "../../analyze/raise_together.ts";
import { buildFacts } from "../../analyze/triage/together.ts";
import { ok, type Result } from "../../base/result.ts";
import { readTexts } from "./given_texts.ts";
import type { ReadIo } from "./open_input.ts";

/** The facts of a text; none without one. */
export async function readBuild(path: string | undefined, io: ReadIo): Promise<Result<BuildFacts>> {
  const texts = await readTexts(path === undefined ? [] : [path], io);
  if (!texts.ok) return texts;
  const [text] = texts.value;
  if (text === undefined) return ok({});
  const { console, pools } = text;
  return ok(buildFacts(pools === undefined ? { console } : { console, pools }));
}
