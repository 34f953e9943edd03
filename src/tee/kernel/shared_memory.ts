// Registering a client's pages: OP-TEE 4.0.0 core/arch/arm/mm/mobj_dyn_shm.c and core/kernel/msg_param.c.
import { type Core, give, mapped, take } from "./core.ts";

const PAGE = 4096;

/**
 * Registers a buffer of `bytes` that starts at a page. Returns the block that stands for it, or 0 if the core heap has
 * no room. The request travels in a page of its own, and a second one holds the list of the buffer's pages.
 */
export function registerMemory(core: Core, bytes: number): number {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  return inOwnPage(core, () => {
    const list = take(core, "call.page_list", pages);
    if (list === 0) return 0;
    const read = inOwnPage(core, () => 1);
    const object = read === 0 ? 0 : take(core, "call.shared_memory", pages);
    give(core, list, "call.page_list");
    return object;
  });
}

/** Ends a registration, even where there is no room for the request that asks for it. */
export function unregisterMemory(core: Core, object: number): void {
  const end = (): number => {
    give(core, object, "call.shared_memory");
    return 1;
  };
  if (inOwnPage(core, end) === 0) end();
}

/** Runs `work` while one page of the client is registered and mapped; 0 if there is no room for that. */
function inOwnPage(core: Core, work: () => number): number {
  const page = take(core, "call.shared_memory", 1);
  if (page === 0) return 0;
  const result = mapped(core, 0, work);
  give(core, page, "call.shared_memory");
  return result;
}
