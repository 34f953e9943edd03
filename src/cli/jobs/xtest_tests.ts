// `xtest NUMBER…`: runs regression tests against the system that was found.

import { setImmediate } from "node:timers/promises";
import { printableLines } from "../../base/printable.ts";
import { ok } from "../../base/result.ts";
import { type Run, runCases } from "../../regression/run.ts";
import type { Chosen } from "../../regression/select.ts";
import { loadVectors } from "../inputs/vectors.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { STOPPING } from "../systems/signals.ts";
import type { TalkingSource } from "../systems/sources.ts";

/** Prints while it runs. Exit code 1 if a check failed, or if a signal ended it; sessions are closed in any case. */
export async function runTests(source: TalkingSource, chosen: Chosen, io: Io): Promise<CommandResult> {
  if (source.name === "sim" && io.err.isTerminal)
    io.err.write("xtest: these tests use an embedded system of their own, not the daemon of 'teemem boot'\n");
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const name of STOPPING) process.once(name, onSignal);
  const run: Run = {
    client: source.client,
    ...chosen,
    vectors: loadVectors,
    async print(text) {
      io.out.write(printableLines(text));
      // Flush, so that each line appears at once.
      await io.out.flush();
      // An embedded system leaves no time for signals by itself.
      await setImmediate();
    },
    signal: stop.signal,
  };
  try {
    const outcome = await runCases(run);
    if (outcome === "interrupted") io.err.write("xtest: interrupted\n");
    return ok(outcome === "passed" ? 0 : 1);
  } finally {
    for (const name of STOPPING) process.off(name, onSignal);
  }
}
