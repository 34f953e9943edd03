// The files that shown commands name, made of what this project has, and what a command may need beside them.
import { join } from "node:path";

const CORE = "data/optee-4.0.0/core.trace.gz";

/** Files of this project under the names that pages give to a reader's. */
const FILES: Readonly<Record<string, string>> = {
  "before.log": "test/fixtures/inputs/before.log",
  "after.log": "test/fixtures/inputs/after.log",
  "console.log": "test/fixtures/causes/08-4239-core-calloc.in",
  "sec.log": "test/fixtures/causes/08-4239-core-calloc.in",
  "abort.log": "test/fixtures/transcripts/in/oom.txt",
  "loop.log": "test/fixtures/transcripts/in/loop.txt",
  "xtest.out": "test/fixtures/xtest/4.0.0/34-after-alloc.out",
  "after.txt": "test/fixtures/xtest/4.0.0/34-after-alloc.out",
  "zeros.txt": "test/fixtures/xtest/4.0.0/08-stats-ta-idle.out",
  "core.trace.gz": CORE,
  "dump.bin": "data/optee-4.0.0/core-heap.bin.gz",
  "heap.bin.gz": "data/optee-4.0.0/core-heap.bin.gz",
  "heap.events": "test/fixtures/platform_capture/4.10.0-all.events.gz",
  "alloc.txt": "test/fixtures/platform_capture/4.10.0-all-alloc.txt",
  moments: "test/fixtures/moments/4.5.0-1001.gz",
};

/** A report is about counters and leak lists, not about errors; so are the lists that it names next. */
const LEAK_LISTS = "test/fixtures/transcripts/in/first.txt";

/** Files that a command of ours makes first. */
const MADE: Readonly<Record<string, string>> = {
  "run.arrows": "record -o run.arrows -- run aes",
  "ta.arrows": "record -o ta.arrows -- run aes",
  "core.yaml": "check --update core.yaml demo:core",
};

/** What a command reads: names of files that it is given, without what it writes. */
export function inputsOf(args: readonly string[]): string[] {
  const read = args.filter(
    (_, n) => !["-o", "--output", "--junit", "--sarif", "--summary", "--html"].includes(args[n - 1] ?? ""),
  );
  const names = read.map((word) => word.replace(/^file:/, ""));
  const found = [...new Set(names)].filter((name) => name in FILES || name in MADE);
  // A budget is made of what else there is.
  return names.includes("budget.yaml") ? [...found, "budget.yaml"] : found;
}

/** The line of a shell that makes a file; `teemem` is how the program is called. */
export function makeInput(name: string, root: string, teemem: string, args: readonly string[]): string {
  const file = name === "console.log" && /^(report|leaks)$/.test(args[0] ?? "") ? LEAK_LISTS : FILES[name];
  if (file !== undefined) return `cp '${join(root, file)}' ${name}`;
  if (name !== "budget.yaml") return `${teemem} ${MADE[name]}`;
  // It is made anew where it is what the command makes.
  if (args.includes("--update")) return "true";
  const recording = args.includes("run.arrows") ? "run.arrows" : "demo:core";
  return `${teemem} check --update budget.yaml ${recording}`;
}

/** Why a command is not run here: what it needs beside Node. The rest is run. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [
    / (ssh|serial|tcp|exec|unix):|qemu:|BOARD|--on (board|lab)\d?\b|--on \/tmp/,
    "a board, a machine in QEMU or a daemon",
  ],
  [/(\.|ta-)elf\b|\.elf\b|UUID|ring\.bin|ta-heap\.bin/, "a program of a reader's"],
  [
    /~\/|my_ta|hello_world\/ta|optee_test|examples\/|--ta (ta|\.\.)( |$)|corpus|\.\/client|host\/|\.\/a\.out|-- \.\//,
    "a TA or a client in C",
  ],
  [/^teemem (device build|device qemu|exec|fuzz|ta build)/, "a compiler"],
  [/^teemem (top)/, "a terminal"],
  [/^teemem (watch|leaks)( --ta \w+)?( --until exit)?$|^teemem stats --ended$/, "a daemon"],
  [/^teemem record -o \S+$/, "a daemon"],
  [/--otlp|--alarms|--log sec\.log|my_board|token|--plugins/, "a file or a service of a reader's"],
  [/^xtest (-t )?(1006|6001|1001|pkcs11)/, "a board"],
  [/\/tmp|…|\bFILE\b|FOLDER|\bDIR\b|CMD|DUMP|NAME|RECORDING|\$/, "words of a reader's"],
];

/** What a command needs that these tests have not; null if it can run. */
export function needOf(program: string, args: readonly string[]): string | null {
  const line = [program, ...args].join(" ");
  return NEEDS.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

/** It takes minutes: one way to call it is enough. */
export function takesMinutes(args: readonly string[]): boolean {
  return args[0] === "size" && !args.includes("--no-tests");
}
