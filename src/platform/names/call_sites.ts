// Blocks of the core heap while a client calls: core/kernel, core/mm.
import type { SiteUse } from "./site_use.ts";

/** By name. */
export const CALL_SITES = {
  "call.mapping": { is: "a range of address space while a client's pages are mapped" },
  "call.region": { is: "a client's buffer in the address space of an application that is called" },
  "call.session": { is: "the block of a session" },
  "call.pseudo_ta": { is: "the context of a pseudo TA", stays: true },
  "call.shared_memory": { is: "a registered buffer of a client", n: "pages" },
  "call.page_list": { is: "the page addresses of a buffer that is being registered", n: "pages" },
  "call.ta_list": { is: "the list of instances while --ta is answered", n: "instances" },
} as const satisfies Readonly<Record<string, SiteUse>>;
