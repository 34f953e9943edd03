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
    name: "watch",
    summary: "the memory of one trusted application around each of its commands, and the core's beside it",
    load: () => import("./commands/watch.ts"),
  },
  {
    name: "leaks",
    summary: "what a trusted application never freed, by file and line",
    load: () => import("./commands/leaks.ts"),
  },
  {
    name: "boot",
    summary: "run the simulated TEE in the foreground, for other programs to talk to",
    load: () => import("./commands/boot.ts"),
  },
  {
    name: "run",
    summary: "run one of the six optee_examples, and see what it does on the heaps",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "replay",
    summary: "run heap traces through the allocator: verify them, or try another fit, pool or ABI",
    load: () => import("./commands/replay.ts"),
  },
];
