import type { CommandEntry } from "./outputs/outcome.ts";

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
    name: "record",
    summary:
      "record every heap operation of a system while something runs, as an Arrow stream; or import traces and logs",
    load: () => import("./commands/record.ts"),
  },
  {
    name: "report",
    summary: "what a recording tells: peaks and who held them, refused requests, churn, what is left, and advice",
    load: () => import("./commands/report.ts"),
  },
  {
    name: "size",
    summary: "the smallest pool that works, by replaying a recording through the allocator; what to set",
    load: () => import("./commands/size.ts"),
  },
  {
    name: "leaks",
    summary: "what was never freed, by file and line; what grew between console logs, or in a recording",
    load: () => import("./commands/leaks.ts"),
  },
  {
    name: "export",
    summary: "a recording for other tools: pprof, heaptrack, massif, perfetto, csv, json",
    load: () => import("./commands/export.ts"),
  },
  {
    name: "check",
    summary: "hold a recording against memory budgets: says which line broke, and by how much; for CI",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "inspect",
    summary: "a raw memory dump of a heap: its blocks, who allocated them, and what is damaged",
    load: () => import("./commands/inspect.ts"),
  },
  {
    name: "doctor",
    summary: "which pool failed and which build option sets it: from an error code, a console log and statistics",
    load: () => import("./commands/doctor.ts"),
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
