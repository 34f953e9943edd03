// Reads the lines that come from the library of `teemem device preload`, of any number of processes.
import type { Release } from "../release/release.ts";
import type { ExactMoment } from "./moment.ts";
import { readMomentLine } from "./moment_line.ts";

/** Takes lines as they come. */
export interface MomentReader {
  /** A line of the library gives true, whatever it says; any other line false. */
  take(line: string): boolean;
  /** Lines that were damaged or did not come. */
  readonly lost: number;
  /** Processes that began. */
  readonly processes: number;
  /** Of the OP-TEE that was asked; undefined while it is not known. */
  readonly release: Release | undefined;
  /** Why the statistics TA could not be asked, as the client API says; 0 where it could. */
  readonly refused: number;
}

/** Calls `onMoment` for each moment. Lines of one process come in their order. */
export function createMomentReader(onMoment: (moment: ExactMoment) => void): MomentReader {
  /** The number that is next in each process. */
  const next = new Map<number, number>();
  let [lost, damaged, processes, refused] = [0, 0, 0, 0];
  let release: Release | undefined;
  return {
    get lost() {
      // A damaged line is also missing in the numbers of its process, unless it was the last.
      return Math.max(lost, damaged);
    },
    get processes() {
      return processes;
    },
    get release() {
      return release;
    },
    get refused() {
      return refused;
    },
    take(text) {
      const line = readMomentLine(text);
      if (line === null) return false;
      if (line === "damaged") {
        damaged++;
        return true;
      }
      const { process, number, begins, moment } = line;
      if (begins !== undefined) {
        processes++;
        release ??= begins.release;
      } else lost += Math.max(0, number - (next.get(process) ?? 0));
      next.set(process, number + 1);
      refused ||= line.refused;
      if (moment !== undefined && line.refused === 0) onMoment(moment);
      return true;
    },
  };
}
