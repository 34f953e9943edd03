// Equal findings as one, with their number.
import { equalityOf } from "../../recording/finding_recorder.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";

/** Findings of one kind with one call stack in one TA. */
export interface FindingGroup {
  readonly first: RecordedFinding;
  readonly times: number;
  /** Microseconds of the last one. */
  readonly last: number;
  /** Bytes of what they concern, added up; 0 where that is not known. */
  readonly bytes: number;
}

/** In the order in which the first of each came. */
export function groupFindings(findings: Iterable<RecordedFinding>): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const found of findings) {
    const { uuid, times, time, finding } = found;
    const key = `${uuid}\n${equalityOf(finding)}`;
    const group = groups.get(key) ?? { first: found, times: 0, last: time, bytes: 0 };
    groups.set(key, {
      first: group.first,
      times: group.times + times,
      last: Math.max(group.last, time),
      bytes: group.bytes + times * (finding.object?.size ?? 0),
    });
  }
  return [...groups.values()];
}
