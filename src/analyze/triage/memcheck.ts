// Causes of a failure, from what memcheck found in TAs: mistakes with memory, not a lack of it.
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import { type FindingGroup, groupFindings } from "../findings/finding_group.ts";
import { findingSentence, lineToMend } from "../findings/finding_words.ts";
import type { Verdict } from "./triage.ts";

/** Findings that are quoted for each TA. */
const FEW = 3;

/** An answer for each TA in which something was noticed. */
export function memcheckVerdicts(findings: readonly RecordedFinding[], file: string): Verdict[] {
  const groups = groupFindings(findings);
  const tas = new Set(groups.map(({ first }) => first.uuid));
  return [...tas].map((uuid) => {
    const own = groups.filter(({ first }) => first.uuid === uuid);
    const name = own[0]?.first.ta || uuid;
    return {
      id: "memcheck",
      sure: "certain",
      pool: `${name}: a mistake with memory, not a full heap`,
      knobs: [],
      why: `memcheck has ${own.length === 1 ? "a finding" : `${own.length} findings`} in the TA ${name}.`,
      evidence: own.slice(0, FEW).map(evidenceOf),
      next: `'teemem report ${file}' shows the line to mend and whose memory it was`,
      threads: [],
      together: "",
      tried: false,
    };
  });
}

function evidenceOf(group: FindingGroup): string {
  const place = lineToMend(group.first.finding)?.place ?? "";
  return `${place === "" ? "" : `${place}: `}${findingSentence(group)}`;
}
