// Reads what the plugin of QEMU writes (docs/qemu_plugin.md): heap events as lines, as they come.
import { err, ok, type Result } from "../base/result.ts";
import { OP, OPERATIONS } from "../malloc/operation.ts";
import { type AlignmentGuesser, createAlignmentGuesser } from "../replay/guess_alignment.ts";
import { beginsWith } from "../text/latin1.ts";
import { type PluginEvent, parsePluginLine, parsePluginTurn } from "./plugin_line.ts";
import type { RowSink } from "./rows.ts";

/** What was read. */
export interface PluginEvents {
  /** Rows that were written. */
  readonly events: number;
  /** The plugin did not come to its end: QEMU was killed, or still runs. */
  readonly cut: boolean;
  /** What a reader has to know; empty for nothing. */
  readonly note: string;
}

/** Takes the bytes as they come, in pieces of any size. */
interface PluginReader {
  /** An error is about the first line that is none of the plugin's; what came before it was given to the sink. */
  push(bytes: Uint8Array): Result<void>;
  end(): Result<PluginEvents>;
}

const TITLE = "# teemem heap events 1";
const LONGEST = 16384;
const NOT_OURS = "not the output of teemem's QEMU plugin";

/** True if the bytes begin as the plugin's output does. */
export function isPluginEvents(head: Uint8Array): boolean {
  return beginsWith(head, `${TITLE}\n`);
}

/** A reader that gives each row to the sink. */
export function createPluginReader(sink: RowSink): PluginReader {
  const decoder = new TextDecoder();
  const adder = createAdder(sink);
  let rest = "";
  let lines = 0;
  let told = -1;
  let time = 0;
  let failure = "";

  function fail(what: string): Result<never> {
    failure = `line ${lines}: ${what}`;
    return err(failure);
  }
  function readLine(line: string): Result<void> {
    lines++;
    if (lines === 1 && line !== TITLE) return fail(NOT_OURS);
    if (line === "# sizes blocks") adder.guess();
    if (line.startsWith("# end ")) told = Number(line.slice(6));
    const turn = parsePluginTurn(line);
    if (line.startsWith("#") && turn === null) return ok(undefined);
    if (told >= 0) return fail("there are events behind the end");
    const event = turn === null ? parsePluginLine(line) : turn;
    if (!event.ok) return fail(event.error);
    if (event.value.time < time) return fail("the time goes back");
    time = event.value.time;
    if ("letter" in event.value) adder.add(event.value);
    else sink.add({ ...event.value, thread: "-" });
    return ok(undefined);
  }
  return {
    push(bytes) {
      if (failure !== "") return err(failure);
      const text = rest + decoder.decode(bytes, { stream: true });
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        const read = readLine(text.slice(from, at));
        if (!read.ok) return read;
        from = at + 1;
      }
      rest = text.slice(from);
      lines += rest.length > LONGEST ? 1 : 0;
      return rest.length > LONGEST ? fail("the line is too long") : ok(undefined);
    },
    end() {
      if (failure !== "") return err(failure);
      if (lines === 0) return err(NOT_OURS);
      const { events, follows } = adder;
      if (told >= 0 && told !== events)
        return err(`${told} events were written, and ${events} are in it: it is damaged`);
      const note = follows ? "" : "the alignments of some requests are not known, so that a replay differs";
      return ok({ events, cut: told < 0, note });
    },
  };
}

/** Gives events to the sink as rows. Once `guess` was called, it finds the alignments that they lack. */
function createAdder(sink: RowSink) {
  const guessers = new Map<string, AlignmentGuesser>();
  let guesses = false;
  let events = 0;

  function alignmentOf({ heap, instance, letter, ...row }: PluginEvent): number {
    const key = `${heap} ${instance}`;
    const guesser = guessers.get(key) ?? createAlignmentGuesser();
    guessers.set(key, guesser);
    return guesser.guess({ ...row, op: OP[letter] });
  }
  return {
    guess(): void {
      guesses = true;
    },
    add(event: PluginEvent): void {
      const { letter, ...row } = event;
      const alignment = guesses ? alignmentOf(event) : 0;
      const { name } = OPERATIONS[alignment > 0 ? "A" : letter];
      sink.add({ ...row, op: name, arg: alignment > 0 ? alignment : row.arg, thread: "-" });
      events++;
    },
    get events() {
      return events;
    },
    get follows() {
      return [...guessers.values()].every(({ follows }) => follows);
    },
  };
}
