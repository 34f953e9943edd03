import { joined, printable, printableJson, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { EndedTa } from "../../tee/ta/ta_instance.ts";
import { drawEnded } from "../../view/terminal/ended_table.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { setStage } from "../jobs/watched.ts";
import type { Io, Outcome } from "../outputs/outcome.ts";
import { findSystem, type SystemOptions } from "../systems/system.ts";

/**
 * `teemem stats --ended`: the last statistics of trusted applications that ended: in a daemon since it runs, or in the
 * embedded system while it ran a workload.
 */
export async function printEnded(
  words: readonly string[],
  options: SystemOptions & { readonly json?: boolean },
  io: Io,
): Promise<Outcome> {
  const told = words.length > 0 ? await played(words, options) : await asked(options, io);
  if (!told.ok) return told;
  const { ended, release } = told.value;
  if (!ended.ok) {
    io.err.write(shown`teemem: ${printable(ended.error)}\n`);
    return ok(1);
  }
  if (options.json === true) io.out.write(shown`${printableJson({ release, ended: ended.value }, 2)}\n`);
  else io.out.write(shown`${joined(drawEnded(ended.value, createPaint(io.out.colours)), "\n")}\n`);
  return ok(0);
}

interface Told {
  readonly release: string;
  readonly ended: Result<readonly EndedTa[]>;
}

async function asked(options: SystemOptions, io: Io): Promise<Result<Told>> {
  const found = await findSystem(options, () => {}, process.env, {}, io.err);
  if (!found.ok) return found;
  await using system = found.value;
  return ok({ release: system.version, ended: await system.inspect.ended() });
}

/** Whether the workload went well is not the question here. */
async function played(words: readonly string[], options: SystemOptions): Promise<Result<Told>> {
  if (options.on !== undefined) return err("a workload runs on an embedded system: leave out --on, or the workload");
  const stage = setStage(undefined, words, options, () => {});
  if (!stage.ok) return stage;
  await stage.value.run();
  const { version, ended } = stage.value.core;
  return ok({ release: version, ended: ok(ended) });
}
