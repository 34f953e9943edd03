// What `teemem doctor` learns from a secure console: that of a recording, or what one says while it is asked.
import type { Symptoms } from "../../analyze/triage/case.ts";
import { type ConsoleContent, readConsole } from "../../recording/console_content.ts";
import type { ConsolePiece } from "../../recording/console_rows.ts";
import { createPieceCutter } from "../../recording/piece_cutter.ts";
import { summaryText } from "../../recording/text_summary.ts";
import type { Source } from "../../source/source.ts";
import type { Checked, SystemCheck } from "./doctor_checks.ts";

/** The row of a console in the table of what was found. */
export function consoleCheck({ name, content: { summary } }: ConsoleContent): SystemCheck {
  const silent = `nothing came from ${name}: the board printed nothing, or another program reads it`;
  const text = summary.lines === 0 ? silent : summaryText(summary);
  return { name: "secure console", well: summary.lines > 0 && summary.unread === 0, optional: true, text };
}

/** What it tells of a failure. Lines are cited with their times. */
export function consoleSymptoms({ content, momentOf }: ConsoleContent): Pick<Symptoms, "console"> {
  const facts = content.console.facts.map((fact) => {
    const { time, during } = momentOf(fact.line);
    return { ...fact, at: `${(time / 1e6).toFixed(3)} s${during === "" ? "" : `, during ${during}`}` };
  });
  return { console: { ...content.console, facts } };
}

/** Examines a system, and what its console says meanwhile. That of the embedded system says what its figures say. */
export async function withHeard(source: Source, examine: (source: Source) => Promise<Checked>): Promise<Checked> {
  const { console } = source;
  if (console === undefined || console.name === source.name) return examine(source);
  const start = performance.now();
  const pieces: ConsolePiece[] = [];
  const cutter = createPieceCutter((piece) => pieces.push(piece));
  const stop = console.listen((bytes) => cutter.push(bytes, Math.round((performance.now() - start) * 1000), ""));
  const { checks, symptoms, ...rest } = await examine(source);
  stop();
  cutter.flush();
  const heard = readConsole({ name: console.name, pieces });
  const check =
    console.ended === "" ? consoleCheck(heard) : { ...consoleCheck(heard), well: false, text: console.ended };
  return { ...rest, checks: [...checks, check], symptoms: { ...symptoms, ...consoleSymptoms(heard) } };
}
