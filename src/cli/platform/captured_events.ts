// Reads what the plugin of QEMU wrote: the operations on each heap, and which block each of them makes and ends.
import { err, ok, type Result } from "../../base/result.ts";
import { type PluginEvent, parsePluginLine } from "../../recording/plugin_line.ts";

/** An operation. Times in microseconds since QEMU began. */
export interface CapturedEvent extends PluginEvent {
  /** The block that it makes; null for a release, a pool, and a request that failed. */
  readonly made: CapturedBlock | null;
  /** The block that it ends. */
  readonly ended: CapturedBlock | null;
}

/** A block, from its allocation to its release. */
export interface CapturedBlock {
  readonly made: PluginEvent;
  ended: PluginEvent | null;
}

/** The operations of a recording that have call sites. */
export interface Captured {
  /** On the core heap since the last reset. */
  readonly core: readonly CapturedEvent[];
  /** On the heaps of TAs. */
  readonly tas: readonly CapturedEvent[];
}

/** Reads the text. The error says which line is wrong, or what the recording lacks. */
export function readCaptured(text: string): Result<Captured> {
  const lines = text.split("\n");
  if (lines[0] !== "# teemem heap events 1")
    return err("not the output of teemem's QEMU plugin: docs/qemu_plugin.md says how to make one");
  if (lines.includes("# sizes blocks"))
    return err("it has no call sites: build the plugin with --elf tee.elf, and record again");
  const events: PluginEvent[] = [];
  for (const [n, line] of lines.entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const event = parsePluginLine(line);
    if (!event.ok) return err(`line ${n + 1}: ${event.error}`);
    events.push(event.value);
  }
  const ofCore = events.filter(({ heap }) => heap === "core");
  const last = ofCore.at(-1)?.instance;
  const core = withBlocks(ofCore.filter(({ instance }) => instance === last));
  if (core[0]?.letter !== "P")
    return err("it does not begin with the first pool of the core heap: record from the start");
  return ok({ core, tas: withBlocks(events.filter(({ heap }) => heap.startsWith("ta-"))) });
}

function withBlocks(events: readonly PluginEvent[]): CapturedEvent[] {
  const live = new Map<string, CapturedBlock>();
  return events.map((event) => {
    const key = (pointer: number): string => `${event.heap} ${event.instance} ${pointer}`;
    const failed = event.letter !== "F" && event.letter !== "W" && event.result === 0;
    const ended = failed ? null : (live.get(key(event.pointer)) ?? null);
    if (ended !== null) ended.ended = event;
    if (ended !== null) live.delete(key(event.pointer));
    const made = event.result === 0 || event.letter === "P" ? null : { made: event, ended: null };
    if (made !== null) live.set(key(event.result), made);
    return { ...event, made, ended };
  });
}
