// `sim`: the embedded system.
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { laterThanKnown } from "../../release/releases.ts";
import { sourceOf } from "../../source/client/system_source.ts";
import { watchHeld } from "../../source/sim/held_blocks.ts";
import { ownConsole } from "../../source/sim/own_console.ts";
import { systemOf } from "../../source/sim/sim_system.ts";
import type { Source } from "../../source/source.ts";
import { createCore } from "../../tee/boot.ts";
import type { ConsoleSink } from "../../tee/kernel/console.ts";
import type { Core } from "../../tee/kernel/core.ts";
import { performSeries } from "../../tee/kernel/series.ts";
import { choose, startEmbedded } from "./embedded.ts";
import type { SourceSetting } from "./setting.ts";

/** Boots the embedded system, or makes it ready to. */
export async function openSim(setting: SourceSetting): Promise<Result<Source>> {
  const { feed, sink } = ownConsole();
  const print: ConsoleSink = (line) => {
    sink(line);
    setting.console?.(line);
  };
  const later = laterThanKnown(setting.options.optee ?? "");
  if (later !== null) setting.io.err.write(shown`teemem: ${printable(later)}\n`);
  const made = setting.bootsLater
    ? prepare(setting, print)
    : await startEmbedded(setting.options, print, setting.surroundings);
  if (!made.ok) return made;
  const core = made.value;
  const system = systemOf(core, setting.io.clock);
  const held = watchHeld(core);
  const ends: (() => unknown)[] = [() => held.stop()];
  const source = sourceOf(
    {
      ...system,
      held: async (ta) => ok(held.of(ta)),
      console: feed,
      async socket() {
        const { serveInFolder } = await import("./serve_sim.ts");
        const served = await serveInFolder(core);
        if (!served.ok) return served;
        ends.push(served.value.end);
        return ok(served.value.path);
      },
      ...(setting.bootsLater ? { start: async () => start(core) } : {}),
    },
    async () => {
      await system.client.end();
      for (const end of ends.splice(0).reverse()) await end();
    },
  );
  return ok(source);
}

function prepare({ options, surroundings }: SourceSetting, console: ConsoleSink): Result<Core> {
  const chosen = choose(options);
  return chosen.ok ? createCore(chosen.value, { console, now: Date.now, ...surroundings }) : chosen;
}

function start(core: Core): Result<void> {
  if (performSeries(core, core.platform.boot.steps, [0])) return ok(undefined);
  return err(`the boot does not fit in a core heap of ${core.heap.size} bytes: set a larger CFG_CORE_HEAP_SIZE`);
}
