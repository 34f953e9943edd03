// What is said of call sites, as SARIF: memory that was never freed, that grew, and damage beside it.
import type { FindingGroup } from "../analyze/findings/finding_group.ts";
import { placeParts } from "../base/place_parts.ts";
import { FINDING_KINDS } from "../tee/monitor/finding.ts";
import { FINDING_RULES, findingResults, type SarifTool, sarifLocation, sarifLog, sarifRule } from "./sarif_log.ts";

const NOTE_RULES = {
  leak: FINDING_KINDS.leak,
  "heap-growth": { title: "More memory than before", cwe: 401, severity: "warning" },
  "heap-damage": { title: "Damaged heap", cwe: 787, severity: "error" },
} as const;

/** Something to say of a call site. */
export interface SarifNote {
  readonly kind: keyof typeof NOTE_RULES;
  /** The heap that it is in; empty if unknown. */
  readonly heap: string;
  /** A sentence without an end. */
  readonly text: string;
  /** `file:line` where the memory was asked for; anything else is not shown as a place. */
  readonly site: string;
}

/**
 * Notes and findings as a log. A note without a line of a source is shown at `file`, the file that was read: GitHub takes no
 * result without a place.
 */
export function notesSarif(
  notes: readonly SarifNote[],
  findings: readonly FindingGroup[],
  { file, ...tool }: SarifTool & { readonly file: string },
): object {
  const own = Object.entries(NOTE_RULES)
    .filter(([id]) => id !== "leak")
    .map(([id, rule]) => sarifRule(id, rule));
  return sarifLog(
    tool,
    [...FINDING_RULES, ...own],
    [
      ...notes.map((note) => noteResult(note, file, tool.pathOf)),
      ...findingResults({ shown: findings, suppressed: [] }, tool.pathOf),
    ],
  );
}

function noteResult({ kind, heap, text, site }: SarifNote, read: string, pathOf: SarifTool["pathOf"]): object {
  const { file, line } = placeParts(site);
  // Without the program, the name of the file is an address.
  const isKnown = line > 0 && !file.startsWith("0x");
  const place = isKnown ? site : read;
  return {
    ruleId: kind,
    level: NOTE_RULES[kind].severity,
    message: { text: heap === "" ? text : `${heap}: ${text}` },
    locations: place === "" ? [] : [sarifLocation({ func: "", place }, pathOf)],
    // Stays the same where lines move.
    partialFingerprints: { "kindAndFile/v1": [kind, heap, isKnown ? file : text].join("|") },
  };
}
