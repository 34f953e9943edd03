// One fuzzing session over the TA of a file, in this thread: what it is told and what it tells.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { err, ok, type Result } from "../../base/result.ts";
import { wordsOfModule } from "../../fuzz/dictionary.ts";
import { type FuzzBug, type FuzzProgress, fuzz } from "../../fuzz/fuzz.ts";
import { type FuzzInput, opens } from "../../fuzz/input.ts";
import { createTarget, type FuzzTarget, INPUT_WAITS } from "../../fuzz/target.ts";
import { nodeHost } from "../../node/host.ts";
import type { Finding } from "../../tee/monitor/finding.ts";
import { readTaModule } from "../../wasm/module/read_module.ts";
import { OWN_WAITS, ownCalls } from "../../wasm/own/own_calls.ts";
import { choose, type EmbeddedOptions } from "../systems/embedded.ts";

/** What a session needs; plain data, for worker threads. */
export interface FuzzJob {
  readonly file: string;
  readonly system: EmbeddedOptions;
  readonly seed: number;
  readonly runs: number;
  readonly milliseconds: number;
  readonly reset: boolean;
  /** Milliseconds that a call may compute. */
  readonly patience: number;
  readonly inputs: readonly FuzzInput[];
  readonly dictionary: readonly Uint8Array[];
}

/** What it tells meanwhile. */
export interface FuzzHearer {
  readonly progress: (progress: FuzzProgress) => void;
  readonly bug: (bug: FuzzBug) => void;
  readonly kept: (input: FuzzInput) => void;
  readonly signal?: AbortSignal;
}

async function targetOf({ file, system, patience }: FuzzJob): Promise<Result<FuzzTarget>> {
  const bytes = readFileSync(file);
  const module = readTaModule(bytes, basename(file, ".wasm"));
  if (!module.ok) return module;
  const chosen = choose(system);
  if (!chosen.ok) return chosen;
  const calls = module.value.build.library === "own" ? [{ calls: ownCalls, waits: OWN_WAITS }] : [];
  return createTarget({ module: module.value, system: chosen.value, host: nodeHost(), calls, patience });
}

/** Fuzzes until its time is over. */
export async function runFuzzJob(job: FuzzJob, hearer: FuzzHearer): Promise<Result<FuzzProgress>> {
  const target = await targetOf(job);
  if (!target.ok) return target;
  const dictionary = [...wordsOfModule(readFileSync(job.file)), ...job.dictionary];
  const options = {
    ...job,
    ...hearer,
    dictionary,
    clock: () => performance.now(),
    pause: async () => void (await setImmediate()),
  };
  return ok(await fuzz(target.value, options));
}

/** Runs one input in a new instance: what it ends with. Errors: it is not run, or not to its end. */
export async function replayInput(job: FuzzJob, input: FuzzInput): Promise<Result<Finding | null>> {
  const target = await targetOf(job);
  if (!target.ok) return err(target.error);
  if (!opens(input) && target.value.begin() === null)
    return err("the TA opens no session without parameters, and the input does not open one: it was not run");
  const end = target.value.run(input, true);
  if (end !== INPUT_WAITS) return ok(end);
  const { finding, whole } = await target.value.follow(input);
  return whole ? ok(finding) : err("the input waits within a call, and was not followed beyond that: Node.js 24 can");
}
