// Posts alarms as JSON to an address when they begin and when they are over. It never delays anybody else.
import { setTimeout as wait } from "node:timers/promises";
import type { FleetChange } from "../state/change.ts";
import type { Fleet } from "../state/fleet.ts";

/** Where alarms are posted to. */
export interface Webhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is posted. `text` alone is what chat systems show. */
interface Message {
  readonly text: string;
  readonly status: "firing" | "resolved";
  readonly alarm: string;
  readonly system: string;
  /** Key of the heap; empty for the system as a whole. */
  readonly heap: string;
  /** ISO 8601. */
  readonly since: string;
  readonly at: string;
}

const MOST_WAITING = 1000;
const PATIENCE = 10_000;
const TRIES = 5;
const FIRST_PAUSE = 1000;

/** Posts from now on, until the signal. `say` hears why a message was not taken, and how many were dropped. */
export async function postAlarms(
  fleet: Pick<Fleet, "systems" | "listen">,
  { url, headers }: Webhook,
  { say, signal }: { readonly say: (sentence: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  const waiting: Message[] = [];
  const told = new Set<string>();
  let dropped = 0;
  let wake = (): void => {};
  const stop = fleet.listen((change) => {
    const message = messageOf(change, told, epochOf(fleet, change.system));
    if (message === null) return;
    if (waiting.push(message) > MOST_WAITING) {
      waiting.shift();
      dropped++;
    }
    wake();
  });
  const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  while (!signal.aborted) {
    const message = waiting.shift();
    if (message === undefined) {
      await Promise.race([aborted, new Promise<void>((resolve) => (wake = resolve))]);
      continue;
    }
    const problem = await post(url, headers, message, signal);
    if (problem !== "" && !signal.aborted) say(`webhook ${new URL(url).origin}: ${problem}; not told: ${message.text}`);
    if (dropped > 0) say(`webhook ${new URL(url).origin}: ${dropped} older messages were dropped`);
    dropped = 0;
  }
  stop();
}

/** The message for a change; null for none. A silenced alarm is not told, and its end only if its beginning was. */
function messageOf(change: FleetChange, told: Set<string>, epoch: number): Message | null {
  if (change.kind !== "alarm") return null;
  const { system, on, alarm, time } = change;
  const key = [system, alarm.rule, alarm.heap].join("\0");
  if (on ? told.has(key) || alarm.silencedUntil !== null : !told.delete(key)) return null;
  if (on) told.add(key);
  return {
    text: `${on ? "" : "Over: "}${system}: ${alarm.rule}: ${alarm.text}`,
    status: on ? "firing" : "resolved",
    ...{ alarm: alarm.rule, system, heap: alarm.heap },
    since: iso(epoch + alarm.since),
    at: iso(epoch + time),
  };
}

function epochOf({ systems }: Pick<Fleet, "systems">, name: string): number {
  return systems.find((system) => system.name === name)?.epoch ?? 0;
}

function iso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}

/** Why it was not taken; empty if it was. */
async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  message: Message,
  signal: AbortSignal,
): Promise<string> {
  let problem = "";
  for (let tries = 0, pause = FIRST_PAUSE; tries < TRIES && !signal.aborted; tries++, pause *= 2) {
    if (tries > 0) await wait(pause, undefined, { signal, ref: false }).catch(() => {});
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(message),
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      });
      await response.body?.cancel();
      if (response.ok) return "";
      problem = `it answers ${response.status} ${response.statusText}`.trim();
      if (response.status < 500 && response.status !== 429) return problem;
    } catch (error) {
      const cause = error instanceof Error ? ((error.cause as Error | undefined) ?? error) : undefined;
      problem =
        cause?.name === "TimeoutError" ? `no answer for ${PATIENCE / 1000} s` : (cause?.message ?? String(error));
    }
  }
  return problem;
}
