// One source that was opened: asked again and again, listened to, until it is lost or nobody wants it any more.
import { isTraced, type Source } from "../../source/source.ts";
import type { HeapBook } from "../heaps/book.ts";
import type { ConsoleLineState } from "../state/state.ts";
import { askFigures, type Figures, hasFigures } from "./ask.ts";
import { hearConsole } from "./console.ts";
import { createEventBook, type EventBook } from "./events.ts";
import type { Keeper } from "./keeper.ts";
import type { Pace } from "./live_source.ts";
import { createQuestionLines } from "./question_lines.ts";
import { pauseFor, withinTime } from "./waiting.ts";

/** A source under watch. */
export interface Visit {
  readonly source: Source;
  /** What its events tell; null where it has none, or takes a processor to have them. */
  readonly events: EventBook | null;
  /** Asks until the signal, or until it has no more to tell. Gives why it is lost; empty where it is not. */
  run(over: AbortSignal): Promise<string>;
}

/** Milliseconds after which waiting looks up: whether it is lost, the period another, somebody wants to end it. */
const LOOK_UP = 250;
const NOTHING = "it has neither counters nor events to watch";
const NO_ANSWER = "it does not answer";

/** Begins to hear a source; `run` asks it. Long: one visit, whose events, questions and waiting share their state. */
export function createVisit(source: Source, book: HeapBook, keeper: Keeper, pace: Pace, clock: () => number): Visit {
  const traced = isTraced(source) && source.looks !== true ? source : null;
  const asks = hasFigures(source);
  const lines = createQuestionLines(clock);
  const events =
    traced &&
    createEventBook(source.release, {
      happened(what) {
        if (what.kind === "refusal") book.refusalTold(what.heap);
        keeper.happened(what);
      },
      point: book.spike,
    });
  let eventsOver = false;

  async function follow(over: AbortSignal): Promise<void> {
    if (traced === null || events === null) return;
    const iterator = traced.events()[Symbol.asyncIterator]();
    over.addEventListener("abort", () => void iterator.return?.(), { once: true });
    for (let next = await iterator.next(); !over.aborted && !next.done; next = await iterator.next())
      events.feed(next.value.event, next.value.time);
    eventsOver = true;
  }
  function take({ readings, answered, at = clock() }: Figures): void {
    const happened = book.take(readings, answered, at);
    keeper.know({ release: source.version, can: abilitiesOf(source, events !== null) });
    keeper.become("live", "");
    keeper.sampled(book.states, at);
    for (const what of happened) keeper.happened(what);
  }
  function hear(line: ConsoleLineState): void {
    if (!lines.isOurs(line.text)) keeper.heard(line);
  }
  async function askOnce(over: AbortSignal): Promise<void> {
    if (!asks) {
      if (events === null) keeper.become("silent", NOTHING);
      else take({ readings: events.readings(), answered: new Set(["pool", "ta"]), at: undefined });
      return;
    }
    const began = clock();
    const giveUp = new AbortController();
    lines.asked();
    const asked = askFigures(source, giveUp.signal).finally(lines.answered);
    for (;;) {
      const answer = await withinTime(asked, LOOK_UP, over);
      const waited = clock() - began;
      if (answer !== undefined && !over.aborted) {
        if (answer.ok) take(answer.value);
        else if (source.lost === "") keeper.become("silent", answer.error.text);
        return;
      }
      if (waited > pace.patience) keeper.become("silent", NO_ANSWER);
      // Whoever does not even give up is left alone: a second question would only wait behind the first.
      if (over.aborted || source.lost !== "" || waited > pace.giveUp) giveUp.abort();
      if (over.aborted || source.lost !== "" || waited > 2 * pace.giveUp) return;
    }
  }
  return {
    source,
    events,
    async run(over) {
      const stop = source.console === undefined ? undefined : hearConsole(source.console, clock, hear);
      void follow(over);
      while (!over.aborted && source.lost === "") {
        const began = clock();
        if (!pace.paused()) await askOnce(over);
        if (!asks && eventsOver) break;
        while (!over.aborted && source.lost === "" && clock() - began < pace.period())
          await pauseFor(Math.min(LOOK_UP, Math.max(1, pace.period() - (clock() - began))), over);
        keeper.judge();
      }
      stop?.();
      return source.lost;
    },
  };
}

function abilitiesOf({ answers, client }: Source, tells: boolean): Keeper["state"]["can"] {
  const resetMaxima = client !== undefined && answers.has("alloc");
  return { resetMaxima, liveBlocks: tells || answers.has("held") || answers.has("leaks") };
}
