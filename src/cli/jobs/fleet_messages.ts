// What is sent while systems are watched: alarms to a webhook, figures to a receiver of OTLP.
import { printable, shown } from "../../base/printable.ts";
import { postAlarms, type Webhook } from "../../live/alarms/webhook.ts";
import type { Fleet } from "../../live/state/fleet.ts";
import { pushMetrics } from "../../serve/metrics/otlp_push.ts";
import type { OtlpTarget } from "../../serve/metrics/otlp_target.ts";
import type { Io } from "../outputs/outcome.ts";

/** Where messages go; null for nowhere. */
interface Addresses {
  readonly webhook: Webhook | null;
  readonly otlp: OtlpTarget | null;
}

/** Sends them until it is disposed of. What is not taken is said on standard error. */
export function sendMessages(
  fleet: Fleet,
  { webhook, otlp }: Addresses,
  version: string,
  { err }: Pick<Io, "err">,
): AsyncDisposable {
  const over = new AbortController();
  const say = (sentence: string): void => {
    err.write(shown`teemem: ${printable(sentence)}\n`);
    void err.flush().catch(() => {});
  };
  const { signal } = over;
  const systems = (): Fleet["systems"] => fleet.systems;
  const running = [
    webhook === null ? null : postAlarms(fleet, webhook, { say, signal }),
    otlp === null ? null : pushMetrics({ target: otlp, systems, version, now: Date.now, say, signal }),
  ];
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all(running);
    },
  };
}
