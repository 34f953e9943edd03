// `xtest --stats` alone, with -h or with an unknown option: OP-TEE 4.0.0, 4.5.0, 4.10.0.
import type { Layout } from "../abi/layout.ts";

const OLD = [
  ["-h|--help", "Print this help and exit"],
  ["--pager", "Print pager statistics"],
  ["--alloc", "Print allocation statistics"],
  ["--memleak", "Dump memory leak data on secure console"],
  ["--ta", "Print loaded TAs context"],
] as const;

const SINCE_4_1 = [
  ["--time", "Print REE and TEE time"],
  ["--clocks", "Dump clock tree on secure console"],
  ["--regulators", "Dump regulator tree on secure console"],
] as const;

/** The usage. 4.0 does not list --time, though it has it; --clocks and --regulators came with 4.1. */
export function printUsage(layout: Layout): string {
  const options = layout === "4.0" ? OLD : [...OLD, ...SINCE_4_1];
  const lines = options.map(([option, text]) => ` ${option.padEnd(15)}${text}\n`);
  return `Usage: xtest --stats [OPTION]\nDisplays statistics from OP-TEE\nOptions:\n${lines.join("")}`;
}
