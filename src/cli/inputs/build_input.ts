// Reads what a boot log, a conf.mk or the linker's output tells of a build.
import type { BuildFacts } from "../../analyze/raise_together.ts";
import { buildFacts } from "../../analyze/triage/together.ts";
import { ok, type Result } from "../../base/result.ts";
import { readGiven } from "./doctor_inputs.ts";
import type { ReadIo } from "./open_input.ts";

/** The facts of a text; none without one. */
export async function readBuild(path: string | undefined, io: ReadIo): Promise<Result<BuildFacts>> {
  const text = await readGiven(path, io);
  if (!text.ok) return text;
  if (text.value === undefined) return ok({});
  const { console, pools } = text.value;
  return ok(buildFacts(pools === undefined ? { console } : { console, pools }));
}
