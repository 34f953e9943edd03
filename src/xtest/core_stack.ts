/** A call stack of the core, as it prints one with a panic or a failed allocation. */
export interface CoreStack {
  /** Line of its first address in the log, from 1. */
  readonly line: number;
  /** The last line before it that says why; empty if there is none. */
  readonly why: string;
  /** Where the core was loaded; `undefined` if it is not printed. */
  readonly load: number | undefined;
  readonly addresses: readonly number[];
}

const LOAD = /TEE load address @ 0x([\da-f]+)/;
const ADDRESS = /\/TC:\S*(?: \S+)?\s+0x([\da-f]+)\s*$/;

/** Finds all call stacks of the core in a console log, in order. */
export function findCoreStacks(lines: readonly string[]): CoreStack[] {
  const stacks: { line: number; why: string; load: number | undefined; addresses: number[] }[] = [];
  let open: (typeof stacks)[number] | undefined;
  let load: number | undefined;
  let why = "";
  for (const [i, line] of lines.entries()) {
    const address = ADDRESS.exec(line);
    const loaded = LOAD.exec(line);
    if (loaded !== null) load = Number.parseInt(loaded[1] ?? "", 16);
    else if (/\/TC:.*Call stack:/.test(line)) {
      open = { line: i + 2, why, load, addresses: [] };
      stacks.push(open);
    } else if (open !== undefined && address !== null) open.addresses.push(Number.parseInt(address[1] ?? "", 16));
    else {
      open = undefined;
      if (/E\/TC:/.test(line)) why = line.trim();
    }
  }
  return stacks.filter(({ addresses }) => addresses.length > 0);
}
