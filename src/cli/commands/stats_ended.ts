import { ok, type Result } from "../../base/result.ts";
import type { Core } from "../../tee/core.ts";
import { drawEnded } from "../../view/terminal/ended_table.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { type EmbeddedOptions, startEmbedded } from "../embedded.ts";
import type { Io, Outcome } from "../outcome.ts";
import { setStage } from "../watched.ts";

/**
 * `teemem stats --ended`: the last statistics of trusted applications that ended in the embedded system, while it ran a
 * workload where one is given. A daemon's protocol does not tell them.
 */
export async function printEnded(
  words: readonly string[],
  options: EmbeddedOptions & { readonly json?: boolean },
  io: Io,
): Promise<Outcome> {
  const core = words.length > 0 ? await played(words, options) : await startEmbedded(options, () => {});
  if (!core.ok) return core;
  const { ended, release } = core.value;
  if (options.json === true) io.out.write(`${JSON.stringify({ release: release.version, ended }, null, 2)}\n`);
  else io.out.write(`${drawEnded(ended, createPaint(io.out.colours)).join("\n")}\n`);
  return ok(0);
}

/** Whether the workload went well is not the question here. */
async function played(words: readonly string[], options: EmbeddedOptions): Promise<Result<Core>> {
  const stage = setStage(undefined, words, options, () => {});
  if (!stage.ok) return stage;
  await stage.value.run();
  return ok(stage.value.core);
}
