// The clock of a board: /proc/uptime, which begins again at a reboot and never jumps.

/** Prints it; the answer is the first line that looks like it. */
export const UPTIME_COMMAND = "cat /proc/uptime";

const LINE = /^(\d{1,10})\.(\d\d) \d{1,12}\.\d\d$/;
const [SECOND, CENTISECOND] = [1000, 10];

/** Milliseconds since the board booted, in steps of 10; undefined where no line of a text is one of /proc/uptime. */
export function uptimeIn(text: string): number | undefined {
  for (const line of text.split("\n")) {
    const found = LINE.exec(line.trimEnd());
    if (found !== null) return Number(found[1]) * SECOND + Number(found[2]) * CENTISECOND;
  }
  return undefined;
}

/** The board's clock as seen from ours. */
interface BoardClock {
  /** Takes an uptime that was read between two moments of our clock; all in milliseconds. False where the board has rebooted since the last one. */
  take(uptime: number, before: number, after: number): boolean;
  /** The moment of our clock at which the board had this uptime: at best to 10 ms, at worst within the latest question. */
  at(uptime: number): number;
}

/**
 * Compares the clocks. Each question narrows the difference down, for the board read its clock between question and answer; so
 * the times of answers do not jitter with the line to the board.
 */
export function createBoardClock(): BoardClock {
  let last = 0;
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return {
    take(uptime, before, after) {
      const same = uptime >= last;
      last = uptime;
      // An uptime of 1.23 is one from 1.23 to 1.24.
      const [from, to] = [before - uptime - CENTISECOND, after - uptime];
      least = Math.max(least, from);
      most = Math.min(most, to);
      // Another boot, or clocks that drift apart.
      if (!same || least > most) [least, most] = [from, to];
      return same;
    },
    at: (uptime) => uptime + (least + most) / 2,
  };
}
