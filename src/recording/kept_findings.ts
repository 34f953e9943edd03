// Keeps the findings of a recording while it is read, however long it is: what comes again and again is one with its number.
import { RecordingDamage } from "./buffers.ts";
import { equalityOf } from "./finding_recorder.ts";
import type { RecordedFinding } from "./finding_rows.ts";

/** Findings in the order in which they came. */
interface KeptFindings {
  /** Throws `RecordingDamage` where there are too many that differ. */
  add(found: RecordedFinding): void;
  readonly all: readonly RecordedFinding[];
}

/** Rows of equal findings that are kept one by one; later ones are added to the last. */
const MOST_EQUAL = 16;
/** More would need more memory than their file by far. */
const MOST = 2 ** 16;

export function keepFindings(): KeptFindings {
  const all: RecordedFinding[] = [];
  /** By what makes them equal: how many, and the place of the last. */
  const known = new Map<string, { count: number; at: number }>();
  return {
    all,
    add(found) {
      const key = `${found.uuid}\n${found.instance}\n${equalityOf(found.finding)}`;
      const equal = known.get(key);
      const last = equal && all[equal.at];
      if (equal !== undefined && last !== undefined && equal.count >= MOST_EQUAL) {
        all[equal.at] = { ...last, times: last.times + found.times };
        return;
      }
      if (all.length === MOST) throw new RecordingDamage(`more than ${MOST} findings`);
      known.set(key, { count: (equal?.count ?? 0) + 1, at: all.push(found) - 1 });
    },
  };
}
