// The fuzzer: runs inputs that are made of others, keeps those that reach something new, and makes each bug's input small.
import type { Finding } from "../tee/monitor/finding.ts";
import { bugOf } from "./crash.ts";
import {
  callOf,
  type FuzzCall,
  type FuzzInput,
  isTypes,
  NO_FUZZ_PARAMS,
  OPEN,
  opens,
  retyped,
  type Signature,
  typesOf,
  withParam,
} from "./input.ts";
import { minimised } from "./minimise.ts";
import { type ComparedPair, mutated, type Words } from "./mutate.ts";
import { createRandom, type Random } from "./random.ts";
import { type FuzzTarget, INPUT_WAITS } from "./target.ts";

/** A bug, with the smallest input that was found for it. */
export interface FuzzBug {
  readonly finding: Finding;
  readonly input: FuzzInput;
  /** The run that showed it first. */
  readonly run: number;
}

export interface FuzzProgress {
  readonly runs: number;
  /** Commands that were called. */
  readonly calls: number;
  readonly milliseconds: number;
  readonly corpus: number;
  readonly edges: number;
  readonly allEdges: number;
  readonly bugs: number;
  /** What seemed to be a bug and did not show again in a new instance. */
  readonly unconfirmed: number;
  /** Inputs that waited within a call. */
  readonly waited: number;
  /** Those of them that were not run to their end: the engine cannot. */
  readonly unfollowed: number;
  /** A session was opened. */
  readonly opened: boolean;
}

interface FuzzOptions {
  readonly seed: number;
  /** It ends after so many runs or milliseconds. */
  readonly runs: number;
  readonly milliseconds: number;
  /** Inputs to begin with. */
  readonly inputs: readonly FuzzInput[];
  readonly dictionary: readonly Uint8Array[];
  /** Each run begins with the instance as it was when its session was opened. */
  readonly reset: boolean;
  readonly clock: () => number;
  /** Lets others run. */
  readonly pause: () => Promise<void>;
  readonly progress: (progress: FuzzProgress) => void;
  readonly bug: (bug: FuzzBug) => void;
  /** An input that reached something new. */
  readonly kept: (input: FuzzInput) => void;
  readonly signal?: AbortSignal;
}

/** An input that is kept. */
interface Kept {
  readonly input: FuzzInput;
  comparisons: readonly ComparedPair[] | null;
}

/** A command that no TA has: what it is compared with are those that it has. */
const NO_COMMAND = 0x7e57c0de;

/** Types that no TA asks for. */
const PROBE = [3, 7, 1, 5].reduce(
  (params, type, n) => withParam(params, n, retyped(NO_FUZZ_PARAMS[0], type)),
  NO_FUZZ_PARAMS,
);

/** A number that a command is compared with and that is no larger may be how many there are. */
const MOST_COMMANDS = 256n;

/** Runs in one instance, at most: what a bug needs of earlier ones is among these. */
const MOST_HISTORY = 20_000;

/** After so many bugs that are known the instance is made anew: objects of the host are not taken back. */
const RENEWED = 256;

/** Milliseconds between two pauses. */
const TURN = 25;

/** Fuzzes until it is time to end; the last progress. Long: one loop over one state. */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzProgress> {
  const { seed, runs: mostRuns, milliseconds, dictionary, reset, clock } = options;
  const random = createRandom(seed);
  const start = clock();
  const commands = new Set<number>();
  const corpus: Kept[] = [];
  const bugs = new Map<string, number>();
  const signatures: Signature[] = [];
  let probed: readonly ComparedPair[] = [];
  let history: FuzzInput[] = [];
  let runs = 0;
  let resets = 0;
  let unconfirmed = 0;
  let waited = 0;
  let unfollowed = 0;
  let isLearnt = false;
  let paused = start;

  const progress = (): FuzzProgress => ({
    runs,
    calls: target.calls,
    milliseconds: clock() - start,
    corpus: corpus.length,
    edges: target.coverage.edges,
    allEdges: target.coverage.all,
    bugs: bugs.size,
    unconfirmed,
    waited,
    unfollowed,
    opened: target.begin() !== null,
  });
  /** Runs an input to its end, also one that waits. */
  async function ran(input: FuzzInput, thorough = false): Promise<Finding | null> {
    const end = target.run(input, thorough);
    if (end !== INPUT_WAITS) return end;
    target.reset();
    history = [];
    waited++;
    const { finding, whole } = await target.follow(input);
    if (!whole) unfollowed++;
    return finding;
  }
  async function renew(): Promise<void> {
    history = [];
    const made = await target.restart();
    if (!made.ok) throw new Error(made.error);
  }
  const shows =
    (key: string, thorough: boolean) =>
    async (input: FuzzInput): Promise<boolean> => {
      target.reset();
      runs++;
      const end = await ran(input, thorough);
      target.coverage.take();
      return end !== null && bugOf(end) === key;
    };
  /** The types of parameters that the TA asks for, as far as it compares them as one word. */
  async function learnSignatures(command: number): Promise<void> {
    if (reset) target.reset();
    target.comparisons();
    await tryInput(
      command === OPEN ? [{ command, params: PROBE }] : [...(target.begin() ?? []), { command, params: PROBE }],
    );
    const probe = BigInt(typesOf(PROBE));
    for (const { a, b } of probed)
      for (const want of [a === probe ? b : null, b === probe ? a : null])
        if (want !== null && want < 0x10000n && isTypes(Number(want)))
          signatures.push({ command, types: Number(want) });
  }
  async function crashed(finding: Finding, input: FuzzInput, thorough = false): Promise<void> {
    const key = bugOf(finding);
    const before = bugs.get(key);
    bugs.set(key, (before ?? 0) + 1);
    if (before === undefined) {
      const run = runs;
      const all = opens(input) ? [input] : [...history, input];
      const show = shows(key, thorough);
      const alone = await show(input);
      const whole = alone ? input : all.flat();
      const reproduced = alone || (await show(whole));
      const small = reproduced ? await minimised(whole, show) : input;
      await renew();
      const last = reproduced ? await ran(small, thorough) : null;
      await renew();
      if (last !== null && bugOf(last) === key) options.bug({ finding: last, input: small, run });
      // What does not show again in a new instance came of how instances are taken back.
      else {
        bugs.delete(key);
        unconfirmed++;
      }
    } else if (++resets % RENEWED === 0) await renew();
    // An instance that a known bug has damaged goes back to how it was; that costs less than a new one.
    else target.reset();
    history = [];
  }
  /** The instance has seen this input. */
  function remember(input: FuzzInput): void {
    if (opens(input)) history = [];
    else if (!reset) history.push(input);
  }
  /** Runs an input, and keeps it if it reaches something new; false where it shows a bug. */
  async function tryInput(input: FuzzInput): Promise<boolean> {
    runs++;
    if (reset) target.reset();
    const end = await ran(input);
    const news = target.coverage.take();
    const isProbe = isProbing(input);
    if (isProbe) learnt(input);
    if (news > 0 && end === null) {
      corpus.push({ input, comparisons: isProbe ? probed.slice(-64) : learnt(input) });
      options.kept(input);
      // A second look, which costs more.
      target.reset();
      history = [];
      const seen = isProbe ? null : await ran(input, true);
      target.coverage.take();
      target.comparisons();
      if (seen !== null) {
        await crashed(seen, input, true);
        return false;
      }
    }
    if (end !== null) {
      await crashed(end, input);
      return false;
    }
    remember(input);
    if (history.length >= MOST_HISTORY) await renew();
    return true;
  }
  /** What the TA compared in the last run, and the commands that it is seen to have. */
  function learnt(input: FuzzInput): readonly ComparedPair[] {
    const comparisons = target.comparisons();
    probed = comparisons;
    if (input.at(-1)?.command === NO_COMMAND)
      for (const { a, b } of comparisons) {
        const known = a === BigInt(NO_COMMAND) ? b : b === BigInt(NO_COMMAND) ? a : null;
        if (known === null) continue;
        // A case, or the number of commands.
        commands.add(Number(BigInt.asUintN(32, known)));
        for (let command = 0; known <= MOST_COMMANDS && command < known; command++) commands.add(command);
      }
    return comparisons.slice(-64);
  }
  const ended = (): boolean => runs >= mostRuns || clock() - start >= milliseconds || options.signal?.aborted === true;

  /** One to change. An instance that is loaded anew costs more than most calls: where sessions open without it, it is seldom. */
  function pick(): Kept {
    let one = picked(corpus, random);
    for (let tries = 0; tries < 8 && opens(one.input) && target.begin()?.length === 0; tries++) {
      if (random.once(8)) break;
      one = picked(corpus, random);
    }
    return one;
  }
  /** The TA's commands and their parameters, in a session that such calls open. */
  async function learnCommands(begin: FuzzInput): Promise<void> {
    isLearnt = true;
    for (const call of firstCalls()) if (!ended()) await tryInput([...begin, call]);
    for (const command of commands) {
      if (!ended()) await learnSignatures(command);
      for (const params of firstParams()) if (!ended()) await tryInput([...begin, { command, params }]);
    }
    for (const signature of signatures)
      if (!ended() && signature.command !== OPEN) await tryInput([...begin, callOf(signature)]);
  }

  await learnSignatures(OPEN);
  for (const { types } of [...signatures]) if (!ended()) await tryInput([callOf({ command: OPEN, types })]);
  for (const params of firstParams()) if (!ended()) await tryInput([{ command: OPEN, params }]);
  for (const input of options.inputs) if (!ended()) await tryInput(input);
  while (!ended()) {
    const begin = target.begin();
    if (!isLearnt && begin !== null) await learnCommands(begin);
    const base = pick();
    if (base.comparisons === null || random.once(64)) {
      if (reset) target.reset();
      target.comparisons();
      runs++;
      const end = await ran(base.input);
      target.coverage.take();
      base.comparisons = learnt(base.input);
      // What ended elsewhere may end differently here.
      if (end !== null) {
        await crashed(end, base.input);
        continue;
      }
      remember(base.input);
    }
    const words: Words = { dictionary, commands: [...commands], signatures, comparisons: base.comparisons };
    // One that leads to a bug again and again gets fewer turns.
    for (let n = 0; n < 64 && !ended(); n++)
      if (!(await tryInput(mutated(base.input, random, words, pick().input)))) break;
    if (clock() - paused < TURN) continue;
    options.progress(progress());
    await options.pause();
    paused = clock();
  }
  return progress();
}

/** The newest ones more often: they lead further. */
function picked(corpus: readonly Kept[], random: Random): Kept {
  if (corpus.length === 0) return { input: [{ command: OPEN, params: NO_FUZZ_PARAMS }], comparisons: null };
  const back = Math.min(random.below(corpus.length), random.below(corpus.length));
  return corpus[corpus.length - 1 - back] as Kept;
}

/** True for an input whose last call asks what the TA has. */
function isProbing(input: FuzzInput): boolean {
  const last = input.at(-1);
  return last?.command === NO_COMMAND || last?.params === PROBE;
}

function firstCalls(): FuzzCall[] {
  return [NO_COMMAND, 0, 1, 2, 3, 4, 5, 6, 7].map((command) => ({ command, params: NO_FUZZ_PARAMS }));
}

/** No parameters, values, buffers. */
function firstParams(): FuzzCall["params"][] {
  const all = (types: readonly number[]): FuzzCall["params"] =>
    types.reduce((params, type, n) => withParam(params, n, retyped(NO_FUZZ_PARAMS[0], type)), NO_FUZZ_PARAMS);
  return [NO_FUZZ_PARAMS, all([3, 3]), all([7, 7]), all([5, 6])];
}
