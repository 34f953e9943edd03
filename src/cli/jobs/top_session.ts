// A session of `teemem top`: what the fleet tells and what keys say become frames.
import type { Printable } from "../../base/printable.ts";
import type { Fleet, LiveSites } from "../../live/state/fleet.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { frameOf, rowKeys, rowOf, type ScreenSize, type TopScene } from "../../view/terminal/top/frame.ts";
import { createScreen } from "../../view/terminal/top/screen.ts";
import { firstView, pressed, type TopAction } from "../../view/terminal/top/top_view.ts";

/** A session in progress. */
export interface TopSession extends Disposable {
  key(key: string): void;
  /** Draws anew: the terminal was resized, or showed something else. */
  redraw(): void;
  /** Shows a sentence for a moment. */
  say(text: string): void;
}

/** Where frames go. */
interface TopDisplay {
  readonly size: ScreenSize;
  /** Bytes that it has not taken yet. */
  readonly waiting: number;
  write(text: Printable): void;
}

/** Whom a session serves. */
interface SessionEnd {
  quit(): void;
  stop(): void;
}

/** Milliseconds from frame to frame at least; so long a note is shown; so often live blocks are asked for. */
const FRAME_MS = 100;
const NOTE_MS = 4000;
const BLOCKS_MS = 2000;
const CLOCK_MS = 1000;
/** While so much waits for a slow terminal, no frame is drawn. */
const MOST_WAITING = 16_384;
const HOUR = 3_600_000;

/** Begins to draw. Long: one state, which keys, changes and timers share. */
export function openTopSession(
  fleet: Fleet,
  display: TopDisplay,
  paint: Paint,
  clock: () => number,
  period: number,
  end: SessionEnd,
): TopSession {
  const screen = createScreen(display.write);
  let view = firstView(period);
  let blocks: LiveSites | string | undefined;
  let blocksOf = "";
  let note = "";
  let noted = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  function scene(): TopScene {
    const now = clock();
    return { systems: fleet.systems, view, blocks, now, note: now - noted < NOTE_MS ? note : "" };
  }
  function draw(): void {
    timer = undefined;
    if (over) return;
    if (display.waiting > MOST_WAITING) return schedule();
    drawn = clock();
    screen.draw(frameOf(scene(), display.size, paint), display.size.columns);
  }
  function schedule(): void {
    if (!over) timer ??= setTimeout(draw, Math.max(0, drawn + FRAME_MS - clock()));
  }
  function say(text: string): void {
    note = text;
    noted = clock();
    schedule();
  }
  async function askBlocks(): Promise<void> {
    if (view.page !== "detail") {
      blocks = undefined;
      blocksOf = "";
      return;
    }
    const row = rowOf(scene());
    if (row === undefined || !row.system.can.liveBlocks) return;
    const of = `${row.system.name}\0${row.heap.key}`;
    if (of !== blocksOf) blocks = undefined;
    blocksOf = of;
    const found = await fleet.liveBlocks(row.system.name, row.heap.key);
    if (of !== blocksOf) return;
    blocks = found.ok ? found.value : found.error;
    schedule();
  }
  const silence = (system: TopScene["systems"][number]): void => {
    const loud = system.alarms.filter(({ silencedUntil }) => silencedUntil === null);
    const until = loud.length > 0 ? clock() + HOUR : null;
    for (const { rule, heap } of system.alarms) fleet.silence(system.name, rule, heap, until);
    if (system.alarms.length === 0) say(`${system.name} has no alarm`);
    else
      say(
        until === null ? `alarms of ${system.name} are heard again` : `alarms of ${system.name} are silent for an hour`,
      );
  };
  async function act(action: TopAction): Promise<void> {
    const system = rowOf(scene())?.system ?? fleet.systems[0];
    if (action === "quit") end.quit();
    else if (action === "stop") end.stop();
    else if (action === "redraw") screen.forget();
    else if (action === "silence" && system !== undefined) silence(system);
    else if (action === "reset" && system !== undefined) {
      const reset = await fleet.resetMaxima(system.name);
      say(reset.ok ? `maxima of ${system.name} are set back` : reset.error);
    }
  }
  const leave = fleet.listen(schedule);
  const ticks = setInterval(schedule, CLOCK_MS);
  const asks = setInterval(() => void askBlocks(), BLOCKS_MS);
  draw();
  return {
    key(key) {
      const before = view;
      const [next, action] = pressed(view, key, rowKeys(scene()));
      view = next;
      if (next.paused !== before.paused) fleet.pause(next.paused);
      if (next.period !== before.period) fleet.setPeriod(next.period);
      if (next.page !== before.page || next.chosen !== before.chosen) void askBlocks();
      void act(action).then(schedule);
    },
    redraw() {
      screen.forget();
      schedule();
    },
    say,
    [Symbol.dispose]() {
      over = true;
      leave();
      clearInterval(ticks);
      clearInterval(asks);
      clearTimeout(timer);
    },
  };
}
