// `sim`: the embedded system.
import { err, ok, type Result } from "../../base/result.ts";
import { sourceOf } from "../../source/client/system_source.ts";
import { watchHeld } from "../../source/sim/held_blocks.ts";
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
  const heard = new Set<string[]>();
  const console: ConsoleSink = (line) => {
    for (const lines of heard) lines.push(line);
    setting.console?.(line);
  };
  const made = setting.bootsLater
    ? prepare(setting, console)
    : await startEmbedded(setting.options, console, setting.surroundings);
  if (!made.ok) return made;
  const core = made.value;
  const system = systemOf(core, setting.io.clock);
  const held = watchHeld(core);
  const ends: (() => unknown)[] = [() => held.stop()];
  const source = sourceOf(
    {
      ...system,
      held: async (ta) => ok(held.of(ta)),
      hear() {
        const lines: string[] = [];
        heard.add(lines);
        return () => {
          heard.delete(lines);
          return lines;
        };
      },
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
