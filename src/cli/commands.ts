// The list of teemem's commands.
import type { CommandEntry } from "./outputs/outcome.ts";

/** Every command of `teemem`, in the order of the help text. A command's code is loaded when it is called. */
export const commands: readonly CommandEntry[] = [
  {
    name: "demo",
    summary: "tour the memory of a real OP-TEE in one page: statistics, leaks, heap map, and why a request failed",
    load: () => import("./commands/demo.ts"),
  },
  {
    name: "stats",
    summary: "show the pools and TAs of a system, with bars and advice",
    load: () => import("./commands/stats.ts"),
  },
  {
    name: "top",
    summary: "watch the pools and TAs of systems in the terminal: bars, growth, refusals, secure console",
    load: () => import("./commands/top.ts"),
  },
  {
    name: "watch",
    summary: "show the memory of one TA around each of its commands, with the core heap beside it",
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
    summary: "explain a recording: peaks and their holders, failed requests, churn, blocks that are left, and advice",
    load: () => import("./commands/report.ts"),
  },
  {
    name: "serve",
    summary: "show systems and recordings as a page in a browser: live, over time, by holder, block by block",
    load: () => import("./commands/serve.ts"),
  },
  {
    name: "size",
    summary: "find the smallest pool that works, by replaying a recording in the allocator, and the option to set",
    load: () => import("./commands/size.ts"),
  },
  {
    name: "leaks",
    summary: "list blocks that were never freed, by call site, and growth between console logs or in a recording",
    load: () => import("./commands/leaks.ts"),
  },
  {
    name: "export",
    summary: "write a recording for other tools: pprof, Firefox, Perfetto, heaptrack, csv",
    load: () => import("./commands/export.ts"),
  },
  {
    name: "check",
    summary: "compare a recording with memory budgets, for CI: names each broken limit, and by how much it is broken",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "inspect",
    summary: "read a raw memory dump of a heap: its blocks, their call sites, and the damage",
    load: () => import("./commands/inspect.ts"),
  },
  {
    name: "doctor",
    summary: "find the pool that failed and the build option that sets it, from an error code, a log and statistics",
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "boot",
    summary: "run the simulated TEE in the foreground, for other programs to talk to",
    load: () => import("./commands/boot.ts"),
  },
  {
    name: "exec",
    summary:
      "run an unmodified client program against the simulated TEE, and report what its TAs did with their memory",
    load: () => import("./commands/exec.ts"),
  },
  {
    name: "fuzz",
    summary: "look for inputs that break a TA in C: coverage-guided, with memcheck as the judge",
    load: () => import("./commands/fuzz.ts"),
  },
  {
    name: "run",
    summary: "run one of the six optee_examples, and show its heap operations",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "ta",
    summary: "build a TA in C for this machine, by its own Makefile: its heap is then OP-TEE's, to the byte",
    load: () => import("./commands/ta.ts"),
  },
  {
    name: "device",
    summary: "build and explain the parts in C for a board: the library that samples at the exact moment",
    load: () => import("./commands/device.ts"),
  },
  {
    name: "platform",
    summary: "make a platform of a recording by the plugin of QEMU: its boot, and what loading a TA allocates",
    load: () => import("./commands/platform.ts"),
  },
  {
    name: "replay",
    summary: "replay heap traces in the allocator: verify them, or try another fit, pool or ABI",
    load: () => import("./commands/replay.ts"),
  },
  {
    name: "schema",
    summary: "print the JSON Schema of what a command prints with --json",
    load: () => import("./commands/schema.ts"),
  },
  {
    name: "completion",
    summary: "print the script that completes commands, options and files in bash, zsh or fish",
    load: () => import("./commands/completion.ts"),
  },
];
