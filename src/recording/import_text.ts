// Makes a recording of what was read in a text: counters become samples, each leak list the blocks of a heap, events of TAs events.
import { err, ok, type Result } from "../base/result.ts";
import { importLists } from "./import_console.ts";
import { importTaReplies } from "./import_ta.ts";
import type { Recording } from "./recording.ts";
import type { TextContent } from "./text_content.ts";
import { isEmpty, summaryText } from "./text_summary.ts";

/** The recording of a text. The error says what was read where there are neither counters nor lists nor events in it. */
export function importText({ counters, leaks, events, summary }: TextContent): Result<Recording> {
  const { name: origin } = summary;
  const { samples } = counters;
  if (samples.length === 0 && leaks.lists.length === 0 && events.length === 0) {
    const read = summaryText(summary);
    if (isEmpty(summary)) return err(NOT_RECORDED);
    return err(`no counters and no leak lists in it (${read}); 'teemem doctor --log ${origin}' says what it reports`);
  }
  const lists = leaks.lists.length === 0 ? ok({ traces: [] }) : importLists(leaks.lists, origin);
  if (!lists.ok) return lists;
  const { traces } = lists.value;
  const whole = { origin, version: "", traces, samples, entries: [], read: [summary] };
  if (events.length === 0) return ok(whole);
  const tas = importTaReplies(events, origin);
  if (!tas.ok) return tas;
  // Lists are of the core, the loader or no TA in particular: they come before TAs by name.
  const entries = tas.value.entries.map((span) => ({ ...span, trace: span.trace + traces.length }));
  return ok({ ...tas.value, ...whole, traces: [...traces, ...tas.value.traces], entries });
}

/** What can become a recording. */
export const NOT_RECORDED =
  "not a recording: expected a file of 'teemem record', a heap trace, output of 'xtest --stats', or a console log with leak lists";
