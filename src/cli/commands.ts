import type { CommandEntry } from "./outcome.ts";

/** Every command of `teemem`, in the order of the help text. A command's code is loaded when it is called. */
export const commands: readonly CommandEntry[] = [
  {
    name: "demo",
    summary: "a tour of a real OP-TEE's memory in one page: statistics, leaks, heap map, and why a request failed",
    load: () => import("./commands/demo.ts"),
  },
  {
    name: "stats",
    summary: "pools and trusted applications of a system, with bars and advice",
    load: () => import("./commands/stats.ts"),
  },
  {
    name: "replay",
    summary: "run heap traces through the allocator: verify them, or try another fit, pool or ABI",
    load: () => import("./commands/replay.ts"),
  },
];
