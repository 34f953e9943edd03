// Takes the counters of a source at intervals, over reboots and silence.
import { setTimeout } from "node:timers/promises";
import { counted } from "../../base/format.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { backOff, LONG_PATIENCE } from "../../source/back_off.ts";
import type { Source } from "../../source/source.ts";
import type { RecordSession } from "./record_session.ts";
import { samplesOf } from "./recording_of.ts";

/** What sampling needs besides the source and the recording. */
export interface SamplingPlan {
  /** Milliseconds between two samples. */
  readonly interval: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
  /** Told what a user wants to know meanwhile. */
  says(text: string): void;
}

/**
 * Samples a source until the signal. A source that has answered once may reboot or fall silent: that is said, marked, and it is
 * asked again, until it is lost or was silent for long. The error says what is missing, or why it ended.
 */
export async function sampling(source: Source, session: RecordSession, plan: SamplingPlan): Promise<Result<void>> {
  const { interval, signal, says } = plan;
  const gaps = createGaps(session, plan);
  let answered = false;
  while (!signal.aborted) {
    const samples = await samplesOf(source, signal, session.asks);
    session.asks("");
    if (samples.ok) {
      answered = true;
      gaps.answers();
      session.sample(samples.value.samples, samples.value.at);
      await pause(interval, signal);
      continue;
    }
    if (signal.aborted) break;
    const { text, rebooted } = samples.error;
    if (source.lost !== "" || !answered) {
      gaps.end();
      return err(answered ? `${text}; what was recorded until then is kept` : text);
    }
    if (rebooted === true) {
      says(text);
      gaps.reboot();
    } else {
      const wait = gaps.silent(text);
      if (wait === undefined)
        return err(`no answer for ${seconds(gaps.longest)} s: ${text}; what was recorded until then is kept`);
      await pause(wait, signal);
    }
  }
  gaps.end();
  return gaps.missing === "" ? ok(undefined) : err(gaps.missing);
}

interface Gaps {
  /** Milliseconds of the longest silence. */
  readonly longest: number;
  /** What has happened, as a sentence; empty where nothing has. */
  readonly missing: string;
  reboot(): void;
  /** There is no answer, and why. Milliseconds to the next question; undefined where it was silent for long. */
  silent(why: string): number | undefined;
  answers(): void;
  end(): void;
}

function createGaps(session: RecordSession, { clock, says }: SamplingPlan): Gaps {
  let since: number | null = null;
  let waits = backOff(LONG_PATIENCE);
  let [reboots, silences, silence, longest] = [0, 0, 0, 0];

  /** How long it was silent, in milliseconds; undefined where it was not. */
  function close(): number | undefined {
    if (since === null) return undefined;
    const lasted = clock() - since;
    since = null;
    silences++;
    silence += lasted;
    longest = Math.max(longest, lasted);
    session.note(`no answer for ${seconds(lasted)} s`);
    return lasted;
  }
  return {
    get longest() {
      return longest;
    },
    get missing() {
      const parts = [
        ...(reboots === 0 ? [] : [`rebooted ${times(reboots)}`]),
        ...(silences === 0 ? [] : [`gave no answer ${times(silences)}, for ${seconds(silence)} s together`]),
      ];
      return parts.length === 0 ? "" : `the system ${parts.join(" and ")}; the recording has marks there`;
    },
    reboot() {
      close();
      reboots++;
      session.reboot();
    },
    silent(why) {
      if (since === null) {
        since = clock();
        waits = backOff(LONG_PATIENCE);
        says(`${why}; the recording goes on when it answers again`);
      }
      const { value } = waits.next();
      if (value !== undefined && clock() - since <= LONG_PATIENCE) return value;
      close();
      return undefined;
    },
    answers() {
      const lasted = close();
      if (lasted !== undefined) says(`it answers again, after ${seconds(lasted)} s`);
    },
    end: () => void close(),
  };
}

function times(count: number): string {
  return count === 1 ? "once" : counted(count, "time");
}

function seconds(ms: number): number {
  return Math.max(1, Math.round(ms / 1000));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal }).catch(() => {});
}
