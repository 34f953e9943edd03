// Findings of a system as they come: collected for the end, or told at once.
import { groupFindings } from "../../analyze/findings/finding_group.ts";
import type { Suppression } from "../../analyze/findings/suppression.ts";
import { createFindingListener } from "../../recording/finding_listener.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import type { TeeEvent } from "../../tee/monitor/event.ts";
import { drawFindings } from "../../view/terminal/finding_list.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import type { Output } from "../outputs/output.ts";
import { sourceLines } from "./source_lines.ts";
import { judgeFindings } from "./tell_findings.ts";

/** Takes events; what was found in them is in the list. */
export function collectFindings(): { readonly found: RecordedFinding[]; take(event: TeeEvent): void } {
  const found: RecordedFinding[] = [];
  return { found, take: createFindingListener((one) => found.push({ ...one, time: 0, times: 1 })) };
}

/** Takes events, and writes each finding at once that is not like one before, and not suppressed. */
export function tellAtOnce(
  folders: readonly string[],
  suppressions: readonly Suppression[],
  output: Output,
): (event: TeeEvent) => void {
  const first: RecordedFinding[] = [];
  const paint = createPaint(output);
  const { lineOf } = sourceLines(folders);
  return createFindingListener((one) => {
    const found = { ...one, time: 0, times: 1 };
    if (groupFindings([...first, found]).length === first.length) return;
    first.push(found);
    const { shown } = judgeFindings([found], suppressions);
    if (shown.length > 0) output.write(blocksText([...drawFindings(shown, { lineOf, paint }), []]));
    void output.flush().catch(() => {});
  });
}
