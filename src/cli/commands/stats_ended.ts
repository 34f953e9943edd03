// `teemem stats --ended`: the last statistics of TAs that have exited.
import { joined, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import { drawEnded } from "../../view/terminal/ended_table.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { setStage } from "../jobs/stage.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { EndedJson } from "../schemas/stats.ts";
import { ask, unanswered } from "../systems/asking.ts";
import type { SourceSetting } from "../systems/setting.ts";
import { openSource } from "../systems/sources.ts";

/** Those of a source: of a daemon since it runs. With words, those that a workload leaves on an embedded system. */
export async function printEnded(
  words: readonly string[],
  { json }: { readonly json?: boolean },
  setting: SourceSetting,
  io: Io,
): Promise<CommandResult> {
  if (words.length === 0) {
    const found = await openSource(setting);
    if (!found.ok) return found;
    await using source = found.value;
    return await tellEnded(source, json === true, io);
  }
  if (setting.options.on !== undefined)
    return err("a workload runs on an embedded system: leave out --on, or the workload");
  const stage = await setStage([], words, setting);
  if (!stage.ok) return stage;
  await using source = stage.value.source;
  // Whether the workload went well is not the question here.
  await stage.value.run();
  return await tellEnded(source, json === true, io);
}

async function tellEnded(source: Source, json: boolean, io: Io): Promise<CommandResult> {
  if (!source.answers.has("ended")) return err(`${source.name} does not report the TAs that have exited`);
  const ended = await ask(source, "ended");
  if (!ended.ok) return unanswered(source, ended.error, io);
  if (json) io.out.writeData(describedJson<EndedJson>()({ release: source.version, ended: ended.value }, 2));
  else io.out.write(shown`${joined(drawEnded(ended.value, createPaint(io.out)), "\n")}\n`);
  return ok(0);
}
