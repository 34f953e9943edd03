// Lists the blocks that TAs had not freed when they ended; it looks just before the heap ends.
import type { Core } from "../../tee/kernel/core.ts";
import { leaksOf } from "../../tee/kernel/inspect.ts";
import type { EntryObserver, TaInstance } from "../../tee/kernel/ta_instance.ts";
import type { TaHeld } from "../source.ts";

/** Looks at every instance that ends. */
interface HeldBlocks {
  /** Of a TA (UUID or name, in any case), or of all: those that ended, in their order, then those that run. */
  of(ta: string | undefined): TaHeld[];
  stop(): void;
}

/** Begins to look; the latest `keep` ends are kept. */
export function watchHeld(core: Core, keep = 10_000): HeldBlocks {
  const ends: TaHeld[] = [];
  const observer: EntryObserver = {
    loaded() {},
    entered() {},
    left() {},
    unloaded(instance) {
      ends.push(heldBy(core, instance, true));
      if (ends.length > keep) ends.shift();
    },
  };
  core.observers.add(observer);
  return {
    of(ta) {
      const wanted = ta?.toLowerCase();
      const all = [...ends, ...core.instances.map((instance) => heldBy(core, instance, false))];
      return all.filter(({ uuid, name }) => wanted === undefined || wanted === uuid || wanted === name.toLowerCase());
    },
    stop: () => void core.observers.delete(observer),
  };
}

function heldBy(core: Core, instance: TaInstance, ended: boolean): TaHeld {
  const { id, uuid, app, panicked } = instance;
  return { instance: id, uuid, name: app.name, ended, panicked, blocks: leaksOf(core, instance) };
}
