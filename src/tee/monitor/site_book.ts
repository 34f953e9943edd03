// Remembers the call sites of blocks, also in builds without leak headers.
import type { MallocContext } from "../../malloc/context.ts";
import { listen } from "../../malloc/events.ts";
import type { Core } from "../kernel/core.ts";
import type { EntryObserver, TaInstance } from "../kernel/ta_instance.ts";

/** Remembers who allocated what in the heaps of TAs, also in builds without leak headers. */
export interface SiteBook {
  /** `file:line` of a live block by its payload offset; null for other heaps, and for blocks from before the book. */
  siteOf(heap: MallocContext, payload: number): string | null;
  /** Stops listening. */
  close(): void;
}

/** A book that is kept from now on, for whoever begins to listen later. It costs one note an operation. */
export function createSiteBook(core: Core): SiteBook {
  const pages = new Map<MallocContext, { readonly sites: Map<number, string>; readonly stop: () => void }>();

  function follow({ heap }: TaInstance): void {
    const sites = new Map<number, string>();
    const stop = listen(heap, (op, pointer, _size, _arg, result, file, line) => {
      if (op === "P") return;
      // A request that was refused leaves the old block as it is.
      if (op === "F" || op === "W" || (op === "R" && result !== 0)) sites.delete(pointer);
      if (result !== 0 && file !== null) sites.set(result, `${file}:${line}`);
    });
    pages.set(heap, { sites, stop });
  }
  function forget(heap: MallocContext): void {
    pages.get(heap)?.stop();
    pages.delete(heap);
  }
  const observer: EntryObserver = {
    loaded: follow,
    entered() {},
    left() {},
    unloaded: ({ heap }) => forget(heap),
  };
  for (const instance of core.instances) follow(instance);
  core.observers.add(observer);
  return {
    siteOf: (heap, payload) => pages.get(heap)?.sites.get(payload) ?? null,
    close() {
      core.observers.delete(observer);
      for (const heap of [...pages.keys()]) forget(heap);
    },
  };
}
