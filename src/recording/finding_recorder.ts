// Records findings: the first of a kind at a place at once, how often it came again from time to time.
import type { Finding } from "../tee/monitor/finding.ts";
import type { FoundInTa } from "./finding_listener.ts";
import { type RecordedFinding, writeFinding } from "./finding_rows.ts";
import type { RowSink } from "./rows.ts";

/** Records findings. */
interface FindingRecorder {
  take(found: FoundInTa & Pick<RecordedFinding, "time">): void;
  /** Writes what came again since. */
  flush(): void;
}

export function createFindingRecorder(writer: RowSink): FindingRecorder {
  /** What came again, by what makes it equal; null for what did not. */
  const known = new Map<string, RecordedFinding | null>();
  return {
    take(found) {
      const key = `${found.instance}\n${equalityOf(found.finding)}`;
      const again = known.get(key);
      if (again === undefined) {
        writeFinding({ ...found, times: 1 }, writer);
        known.set(key, null);
      } else known.set(key, { ...found, times: (again?.times ?? 0) + 1 });
    },
    flush() {
      for (const [key, again] of known) {
        if (again === null) continue;
        writeFinding(again, writer);
        known.set(key, null);
      }
    },
  };
}

/** Findings with the same text here are equal: they are told once, and counted. */
export function equalityOf({ kind, stack, object }: Finding): string {
  // What leaks was made at different places, and has no place of its own.
  return `${kind}\n${stack}\n${stack === "" ? (object?.allocated ?? "") : ""}`;
}
