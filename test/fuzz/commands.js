// The commands that are tried on an input. `{}` stands for its path, `{out}` for a file that may be written.

/** Every command that reads files, with the options that lead to other code. */
export const COMMANDS = [
  ["report", "{}"],
  ["report", "{}", "--json"],
  ["size", "{}"],
  ["size", "{}", "--json", "--no-tests"],
  ["leaks", "{}"],
  ["leaks", "{}", "{}"],
  ["leaks", "{}", "{}", "{}", "--json"],
  ["inspect", "{}"],
  ["inspect", "{}", "--json"],
  ["inspect", "{}", "--abi", "arm", "--blocks"],
  ["inspect", "{}", "--pool", "0xe1c53e0+68640", "--base", "0xe1c53e0", "--mdbg", "--blocks"],
  ["inspect", "{core-heap.bin}", "--elf", "{}"],
  ["check", "{}", "{golden.trace}"],
  ["check", "{budget.yaml}", "{}"],
  ["check", "{budget.yaml}", "{}", "--json"],
  ["check", "{budget.yaml}", "{}", "--github"],
  ["check", "--update", "{out}", "{}"],
  ["replay", "{}"],
  ["replay", "{}", "--json"],
  ["replay", "{}", "--marks"],
  ["replay", "{}", "--fit", "best"],
  ["replay", "{}", "--pool", "8k", "--abi", "arm"],
  ["replay", "{}", "--variant", "lp64-bf-core-mdbg-dbg"],
  ["replay", "{}", "--variant", "bare-ilp32-ff-dbg"],
  ["doctor", "--log", "{}"],
  ["doctor", "--log", "{}", "--missing", "leaks"],
  ["doctor", "--stats", "{}", "--json"],
  ["doctor", "--on", "file:{}"],
  ["stats", "--on", "file:{}"],
  ["stats", "--on", "file:{}", "--at", "1.5", "--json"],
  ["record", "-o", "{out}", "--from", "{}"],
  ["export", "{}", "--format", "pprof", "-o", "{out}"],
  ["export", "{}", "--format", "heaptrack", "-o", "{out}"],
  ["export", "{}", "--format", "massif", "-o", "{out}"],
  ["export", "{}", "--format", "perfetto", "-o", "{out}"],
  ["export", "{}", "--format", "csv", "-o", "{out}"],
  ["export", "{}", "--format", "json", "-o", "{out}"],
];

/** A command with its paths. `pathOf` knows seeds by their names. */
export function filled(command, input, out, pathOf) {
  return command.map((word) =>
    word
      .replace("{out}", out)
      .replace("{}", input)
      .replace(/\{([\w.-]+)\}/, (_, name) => pathOf(name)),
  );
}
