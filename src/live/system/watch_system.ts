// Watches one system for as long as anybody wants: opens it, visits it, and opens it again when it was lost.
import { err, ok, type Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import { createHeapBook } from "../heaps/book.ts";
import type { LiveSites } from "../state/fleet.ts";
import { reopenPause } from "./backoff.ts";
import type { Keeper } from "./keeper.ts";
import { liveSitesOf } from "./live_blocks.ts";
import type { LiveSource, Pace } from "./live_source.ts";
import { createRecordingView } from "./read_recording.ts";
import { createVisit, type Visit } from "./visit.ts";
import { pauseFor, withinTime } from "./waiting.ts";

/** A system under watch. */
interface WatchedSystem {
  /** Resolves when it is closed, after the signal. */
  readonly ended: Promise<void>;
  resetMaxima(): Promise<Result<void>>;
  liveBlocks(heap: string): Promise<Result<LiveSites>>;
}

/** Milliseconds that a source may take to close. */
const CLOSING = 3000;
/** A recording is read anew so many times more rarely than reading it takes. */
const READING_SHARE = 20;

/** Until the signal: the longest that a timer takes. */
const FOR_EVER = 2 ** 31 - 1;

/** Watches until the signal. Never throws: what goes wrong is its trouble. Long: one system, which opening, visiting and reading share. */
export function watchSystem(
  { name, open, version }: LiveSource,
  keeper: Keeper,
  pace: Pace,
  clock: () => number,
  over: AbortSignal,
): WatchedSystem {
  const view = createRecordingView(keeper, clock);
  let visit: Visit | null = null;
  let isRecording = false;
  const book = createHeapBook(() => (visit?.events ?? null) !== null);

  /** Opens it; undefined where that is over. What opens too late is closed. */
  async function opened(): Promise<Result<Source> | undefined> {
    const opening = pace
      .turns(async () => (over.aborted ? err("nobody wants it any more") : open()))
      .catch((failure: unknown) => err(String(failure)));
    for (;;) {
      const source = await withinTime(opening, pace.patience, over);
      if (source !== undefined && !over.aborted) return source;
      if (over.aborted) {
        void opening.then((late) => (late.ok ? late.value[Symbol.asyncDispose]() : undefined));
        return undefined;
      }
      keeper.become("opening", "it does not answer yet");
    }
  }
  /** Reads a recording, and waits until it has grown. Gives why it could not be read. */
  async function readOn(source: Source): Promise<string | undefined> {
    isRecording = true;
    const before = await version?.();
    const began = clock();
    const read = await withinTime(view.read(source, over), FOR_EVER, over);
    const took = clock() - began;
    await closed(source);
    if (read === undefined) return undefined;
    if (!read.ok) return read.error;
    const cut = read.value.cut === true;
    keeper.become(cut || keeper.state.samples > 1 ? "live" : "ended", "");
    while (!over.aborted && (version === undefined || (await version()) === before)) {
      if (clock() - began > pace.patience)
        keeper.become(cut ? "silent" : "ended", cut ? "nothing more is recorded; it has no end" : "");
      await pauseFor(Math.max(pace.period(), READING_SHARE * took), over);
      keeper.judge();
    }
    return undefined;
  }
  async function run(): Promise<void> {
    let failed = 0;
    while (!over.aborted) {
      const source = await opened();
      if (source === undefined) return;
      let why: string | undefined;
      if (!source.ok) why = source.error;
      else if (source.value.answers.has("recording")) why = await readOn(source.value);
      else {
        const answers = keeper.state.samples;
        if (keeper.state.state === "lost")
          keeper.happened({ time: clock(), kind: "opened", heap: "", text: "there again" });
        visit = createVisit(source.value, book, keeper, pace, clock);
        why = await visit.run(over);
        visit = null;
        await closed(source.value);
        if (keeper.state.samples > answers) failed = 0;
        if (why === "" && !over.aborted) {
          keeper.become("ended", "");
          return;
        }
      }
      if (over.aborted || why === undefined) continue;
      const { state, trouble } = keeper.state;
      keeper.become("lost", why);
      // The same each time it is tried again is told once.
      if (state !== "lost" || trouble !== why)
        keeper.happened({ time: clock(), kind: "lost", heap: "", text: `lost: ${why}` });
      await pauseFor(reopenPause(failed++, pace.again), over);
    }
  }
  return {
    ended: run(),
    async resetMaxima() {
      if (visit === null || !keeper.state.can.resetMaxima) return err(`${name} cannot set its maxima back`);
      const asked = await visit.source.ask("alloc", over, { reset: true });
      return asked.ok ? ok(undefined) : err(asked.error.text);
    },
    async liveBlocks(heap) {
      if (isRecording) return view.liveBlocks(heap);
      if (visit === null) return err(`${name} is not there now`);
      return liveSitesOf(visit, heap, over);
    },
  };
}

async function closed(source: Source): Promise<void> {
  await withinTime(
    Promise.resolve(source[Symbol.asyncDispose]()).catch(() => {}),
    CLOSING,
  );
}
