// The connection of a shell: one link, and another one where it was lost.
import { setTimeout as sleep } from "node:timers/promises";
import { ok, type Result } from "../../../base/result.ts";
import { backOff } from "../../back_off.ts";
import { within } from "./deadline.ts";
import type { ShellLink } from "./link.ts";
import { failure, type ShellFailure } from "./shell.ts";

export interface ConnectionSetting {
  readonly name: string;
  /** Opens one more link. */
  connect(signal?: AbortSignal): Promise<Result<ShellLink, ShellFailure>>;
  /** Told what a user wants to know meanwhile. */
  says(text: string): void;
  /** Milliseconds for which it tries to connect again. */
  readonly patience: number;
}

interface Connection extends AsyncDisposable {
  /** Why it is gone for good; empty before. */
  readonly lost: string;
  /** The link that is there, or the next one. One caller at a time. */
  link(signal?: AbortSignal): Promise<Result<ShellLink, ShellFailure>>;
}

export function createConnection(first: ShellLink, { name, connect, says, patience }: ConnectionSetting): Connection {
  let now: ShellLink = first;
  let lost = "";
  const closing = new AbortController();

  async function again(why: string, signal?: AbortSignal): Promise<Result<ShellLink, ShellFailure>> {
    let reason = why;
    let told = "";
    for (const ms of backOff(patience)) {
      const text = `${name}: ${reason}; connecting again in ${ms / 1000} s`;
      if (text !== told) says(text);
      told = text;
      await within(ms, (stop) => sleep(ms, undefined, { signal: stop }).catch(() => {}), signal);
      if (closing.signal.aborted) return failure("lost", lost);
      if (signal?.aborted) return failure("lost", `given up while connecting again: ${reason}`);
      const next = await connect(signal ?? closing.signal);
      if (next.ok && closing.signal.aborted) await next.value[Symbol.asyncDispose]();
      if (next.ok) return next;
      reason = next.error.text;
    }
    lost = reason;
    return failure("lost", lost);
  }
  return {
    get lost() {
      return lost;
    },
    async link(signal) {
      if (lost !== "") return failure("lost", lost);
      if (now.ended === "") return ok(now);
      const why = now.ended;
      await now[Symbol.asyncDispose]();
      const next = await again(why, signal);
      if (!next.ok) return next;
      says(`${name}: connected again`);
      now = next.value;
      return next;
    },
    async [Symbol.asyncDispose]() {
      lost ||= `${name} was closed`;
      closing.abort();
      await now[Symbol.asyncDispose]();
    },
  };
}
