// The leak lists that the secure console of a recording printed, as heaps of the recording.
import type { LeakList } from "../xtest/leak_lists.ts";
import type { ConsoleContent } from "./console_content.ts";
import { importLists, SENDER_HEAPS } from "./import_console.ts";
import { byContext, type Recording } from "./recording.ts";

/** The lists of heaps whose operations were not recorded: those tell more. A list of a TA does not say of which. */
export function unknownLists({ traces }: Recording, { content }: ConsoleContent): LeakList[] {
  const known = traces.map(({ context }) => (context.startsWith("ta-") ? "ta" : context));
  return content.leaks.lists.filter(({ from }) => !known.includes(SENDER_HEAPS.get(from) ?? from));
}

/** The recording with those lists: each is an instance of its heap, as in the recording of a log. */
export function withConsoleLists(recording: Recording, console: ConsoleContent): Recording {
  const lists = unknownLists(recording, console);
  const listed = importLists(lists, recording.origin, (line) => console.momentOf(line).time);
  if (lists.length === 0 || !listed.ok) return recording;
  const traces = [...recording.traces, ...listed.value.traces].sort((a, b) => byContext(a.context, b.context));
  const moved = recording.traces.map((trace) => traces.indexOf(trace));
  const entries = recording.entries.map((span) => ({ ...span, trace: moved[span.trace] as number }));
  return { ...recording, traces, entries };
}
