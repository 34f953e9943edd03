// Pushes the states of systems to an OTLP receiver, again and again. It never delays anybody else.
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { SystemState } from "../../live/state/state.ts";
import { otlpRequest } from "./otlp.ts";
import type { OtlpTarget } from "./otlp_target.ts";

/** What a push needs from outside. */
interface PushSetup {
  readonly target: OtlpTarget;
  readonly systems: () => readonly SystemState[];
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told when the receiver begins to refuse, and when it takes again; one sentence each. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

// A receiver takes 4 MiB and more; a system with 10 pools and 10 TAs is about 50 KiB.
const SYSTEMS_AT_ONCE = 50;
const PATIENCE = 10_000;
const FIRST_PAUSE = 1000;
const TRIES = 5;
const LATER: readonly number[] = [429, 502, 503, 504];

/** Pushes until the signal. Figures that a receiver did not take are not kept: the next push has newer ones. */
export async function pushMetrics({ target, systems, version, now, say, signal }: PushSetup): Promise<void> {
  const since = now();
  let trouble = "";
  while (!signal.aborted) {
    const all = systems();
    let problem = "";
    for (let first = 0; first < all.length && !signal.aborted; first += SYSTEMS_AT_ONCE) {
      const body = otlpRequest(all.slice(first, first + SYSTEMS_AT_ONCE), version, { now: now(), since });
      problem ||= await send(target, JSON.stringify(body), signal);
    }
    if (signal.aborted) return;
    if (problem !== trouble) say(problem === "" ? `${target.url} takes metrics again` : `metrics: ${problem}`);
    trouble = problem;
    await wait(target.period, undefined, { signal, ref: false }).catch(() => {});
  }
}

/** Why it was not taken, as a sentence; empty if it was. Tries again where the receiver asks for that. */
async function send(target: OtlpTarget, text: string, signal: AbortSignal): Promise<string> {
  const body = target.gzip ? gzipSync(text) : text;
  const encoding = target.gzip ? { "content-encoding": "gzip" } : {};
  let pause = FIRST_PAUSE;
  for (let left = TRIES - 1; ; left--) {
    const answer = await post(target, body, encoding, signal);
    if (!answer.later || left === 0 || signal.aborted) return answer.problem;
    await wait(Math.max(pause, answer.pause), undefined, { signal, ref: false }).catch(() => {});
    pause *= 2;
  }
}

interface Answer {
  readonly problem: string;
  /** Whether the same may be taken later. */
  readonly later: boolean;
  /** Milliseconds that the receiver asks to wait; 0 if it does not say. */
  readonly pause: number;
}

async function post(
  { url, headers, period }: OtlpTarget,
  body: string | Uint8Array<ArrayBuffer>,
  encoding: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...encoding, ...headers },
      body,
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    const text = (await response.text()).slice(0, 10_000);
    if (response.ok) return { problem: rejected(url, text), later: false, pause: 0 };
    const seconds = Number(response.headers.get("retry-after") ?? 0);
    const pause = Number.isFinite(seconds) ? Math.min(seconds * 1000, period) : 0;
    return {
      problem: `${url} answers ${response.status} ${response.statusText}`,
      later: LATER.includes(response.status),
      pause,
    };
  } catch (error) {
    const cause = error instanceof Error ? ((error.cause as Error | undefined) ?? error) : undefined;
    const timedOut = cause?.name === "TimeoutError";
    const why = timedOut ? `no answer for ${PATIENCE / 1000} s` : (cause?.message ?? String(error));
    return { problem: `${url} cannot be reached: ${why}`, later: !timedOut, pause: 0 };
  }
}

/** What a receiver says of points that it left out (`partialSuccess`). */
function rejected(url: string, text: string): string {
  try {
    const { partialSuccess } = JSON.parse(text) as {
      partialSuccess?: { rejectedDataPoints?: string | number; errorMessage?: string };
    };
    const count = Number(partialSuccess?.rejectedDataPoints ?? 0);
    return count > 0 ? `${url} rejected ${count} points: ${partialSuccess?.errorMessage ?? "it does not say why"}` : "";
  } catch {
    return "";
  }
}
