// Makes samples of the reports of statistics in a text, in bounded memory.
import { isTaName, uuidText } from "../abi/uuid.ts";
import { createStampClock } from "../text/stamp.ts";
import type { LineReader } from "../xtest/blocks.ts";
import type { Found } from "../xtest/scan.ts";
import type { PrintedRecord } from "../xtest/stat_lines.ts";
import type { Sample } from "./recording.ts";

/** Samples of a text. */
export interface TextSamples {
  /** Ascending in time. */
  readonly samples: readonly Sample[];
  /** Reports that were read. */
  readonly reports: number;
  /** Reports that were left out as there are too many; those of the peaks, the first and the last were kept. */
  readonly thinned: number;
  /** Parts of reports that could not be read. */
  readonly faults: number;
  /** Names of the pools, and TAs, of which there are samples. */
  readonly pools: number;
  readonly tas: number;
}

/** Takes reports as they are found. */
interface SampleTaker {
  /** Looks for the times that capture scripts print: it is given all lines. */
  readonly times: LineReader;
  take(found: Found, before: string): void;
  end(): TextSamples;
}

/** The uptime in seconds that a capture script printed before a report: `uptime 12.3`, or the end of `@@ sample 7 12.3`. */
const UPTIME = /\buptime (\d+(?:\.\d+)?)|^@@ sample \d+ (\d+(?:\.\d+)?)$/;
const SECOND = 1e6;
/** Reports that are kept. When there are more, every second one is dropped. */
const MOST = 2 ** 15;
const MOST_TIMES = 64;
/** A board has a dozen pools and TAs; more names than this are no names. */
const MOST_HEAPS = 1024;

/** The samples of one report. */
interface Kept {
  readonly order: number;
  readonly samples: readonly Sample[];
}

/**
 * Times come from `uptime SECONDS`, `@@ sample N SECONDS` or `xtest --stats --time` before a report, else from the time stamps before its lines,
 * else reports are numbered from 0.
 */
export function createSampleTaker(most = MOST): SampleTaker {
  const stamp = createStampClock();
  const printed = createPrintedTimes();
  let kept: Kept[] = [];
  let step = 1;
  let reports = 0;
  let last: Kept | undefined;
  const best = new Map<string, Best>();
  const names = new Set<string>();
  let faults = 0;

  function timeOf({ from }: Found, before: string): number {
    return printed.before(from) ?? stamp(before) ?? reports;
  }
  function isKnown({ heap }: Sample): boolean {
    if (names.size < MOST_HEAPS) names.add(heap);
    if (names.has(heap)) return true;
    faults++;
    return false;
  }
  function keep(found: readonly Sample[]): void {
    const samples = found.filter(isKnown);
    last = { order: reports++, samples };
    notePeaks(best, last);
    if (last.order % step !== 0) return;
    kept.push(last);
    if (kept.length <= most) return;
    step *= 2;
    kept = kept.filter(({ order }) => order % step === 0);
  }
  /** In their order. */
  function all(): Kept[] {
    const peaks = [...best.values()].map(({ one }) => one);
    const chosen = new Set([...kept, ...peaks, ...(last === undefined ? [] : [last])]);
    return [...chosen].sort((x, y) => x.order - y.order);
  }
  return {
    times: {
      take(line, number) {
        const told = line.includes("uptime ") || line.startsWith("@@ sample ") ? UPTIME.exec(line) : null;
        const uptime = told?.[1] ?? told?.[2];
        if (uptime !== undefined) printed.note(number, Math.round(Number(uptime) * SECOND));
      },
      end() {},
    },
    take(found, before) {
      if (found.kind === "fault") faults++;
      else if (found.kind === "time")
        printed.note(found.to, found.value.tee.seconds * SECOND + found.value.tee.millis * 1000);
      else if (found.kind === "alloc") {
        const time = timeOf(found, before);
        // A pool without a name and without bytes is none of that build's.
        keep(found.value.filter(({ size }) => size !== 0).map((pool) => sampleOf(time, pool.name, pool)));
      } else if (found.kind === "ta") {
        const time = timeOf(found, before);
        keep(found.value.map(({ uuid, heap }) => sampleOf(time, uuidText(uuid), heap)));
      }
    },
    end() {
      const held = all();
      const thinned = reports - held.length;
      const samples = held.flatMap((one) => one.samples).sort((a, b) => a.time - b.time);
      const heaps = [...new Set(samples.map(({ heap }) => heap))];
      const tas = heaps.filter(isTaName).length;
      return { samples, reports, thinned, faults, pools: heaps.length - tas, tas };
    },
  };
}

/** A report with the highest value of some counter of some heap. */
interface Best {
  readonly value: number;
  readonly one: Kept;
}

/** The reports with the most bytes allocated, the highest maximum, and the most failures of each heap are kept. */
function notePeaks(best: Map<string, Best>, one: Kept): void {
  for (const { heap, stats } of one.samples)
    for (const field of ["allocated", "maxAllocated", "failures", "biggestFailure"] as const) {
      const key = `${field} ${heap}`;
      const value = stats[field] ?? -1;
      if (value > (best.get(key)?.value ?? -1)) best.set(key, { value, one });
    }
}

function sampleOf(time: number, heap: string, printed: PrintedRecord): Sample {
  const { name: _name, fragmentation: _percent, cut: _cut, ...stats } = printed;
  return { time, heap, stats };
}

/** Times that were printed between reports, by line: the last of them. */
function createPrintedTimes() {
  const times: { readonly line: number; readonly time: number }[] = [];
  return {
    note(line: number, time: number): void {
      times.push({ line, time });
      if (times.length > MOST_TIMES) times.shift();
    },
    before: (line: number): number | undefined => times.findLast((one) => one.line < line)?.time,
  };
}
