// How a TA waits within a call of its host: by the engine's JavaScript Promise Integration, or not at all.
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { Space } from "../instance/space.ts";

type RawFunction = (...args: never[]) => unknown;

/** Makes functions that may suspend a TA, and entry points that may be suspended. */
export interface Waiting {
  /** False if nothing can suspend a TA. */
  readonly suspends: boolean;
  /** The instance is there. */
  attach?(exports: WebAssembly.Exports, space: Space): void;
  suspending(call: RawFunction): WebAssembly.ImportValue;
  /** The entry point; its promise is kept when the TA has left. */
  promising(entry: RawFunction): (...args: (number | bigint)[]) => Promise<number>;
}

/** What engines with JavaScript Promise Integration have: V8 13.7, in Node.js 24. */
interface Jspi {
  readonly Suspending: new (call: RawFunction) => WebAssembly.ImportValue;
  readonly promising: (entry: RawFunction) => (...args: (number | bigint)[]) => Promise<number>;
}

/** The way that this engine has. */
export function waitingHere(): Waiting {
  const jspi = WebAssembly as unknown as Partial<Jspi>;
  const { Suspending, promising } = jspi;
  if (Suspending === undefined || promising === undefined) return withoutWaiting;
  return { suspends: true, suspending: (call) => new Suspending(call), promising };
}

/** Calls that answer at once work; one that waits ends the TA. */
export const withoutWaiting: Waiting = {
  suspends: false,
  suspending:
    (call) =>
    (...args: never[]) => {
      const value = call(...args);
      if (!(value instanceof Promise)) return value;
      value.catch(() => {});
      throw new TaPanic(0, "this engine cannot let a TA wait: Node.js 24 or later can");
    },
  promising:
    (entry) =>
    async (...args) =>
      entry(...(args as never[])) as number,
};
