// `xtest --stats` alone, with -h or with an unknown option: OP-TEE 4.0.0, 4.5.0, 4.10.0.

import { type Printable, printableLines } from "../base/printable.ts";
import type { Release, StatsFlag } from "../release/release.ts";

/** The texts of all options that a release can list, in upstream's order. */
const OPTIONS: Readonly<Record<StatsFlag, string>> = {
  "--pager": "Print pager statistics",
  "--alloc": "Print allocation statistics",
  "--memleak": "Dump memory leak data on secure console",
  "--ta": "Print loaded TAs context",
  "--time": "Print REE and TEE time",
  "--clocks": "Dump clock tree on secure console",
  "--regulators": "Dump regulator tree on secure console",
};

/** The usage, with the options that the release lists. */
export function printUsage({ xtest }: Release): Printable {
  const flags = Object.keys(OPTIONS) as StatsFlag[];
  const listed = flags.filter((flag) => xtest.options[flag] === "listed").map((flag) => line(flag, OPTIONS[flag]));
  const head = "Usage: xtest --stats [OPTION]\nDisplays statistics from OP-TEE\nOptions:\n";
  return printableLines(head + line("-h|--help", "Print this help and exit") + listed.join(""));
}

function line(option: string, text: string): string {
  return ` ${option.padEnd(15)}${text}\n`;
}
