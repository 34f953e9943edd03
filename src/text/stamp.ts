// Reads the time that stands before a line.

/** A time before a line. */
interface Stamp {
  /** What it counts from: a day of the calendar, midnight, or a start that is not known. */
  readonly clock: "calendar" | "day" | "uptime";
  /** Microseconds. */
  readonly time: number;
}

const SECOND = 1e6;
const DAY = 86_400 * SECOND;
const ISO = /\b(\d{4})-?(\d\d)-?(\d\d)[T _-]{1,2}(\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?/;
const SYSLOG =
  /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4}))?/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** `ts`, picocom, tio: the time of day alone. */
const CLOCK = /(?<![\d:])(\d{1,2}):(\d\d):(\d\d)(?:[.,:](\d{1,9}))?(?![\d:])/;
/** Seconds with a fraction: since the kernel's start, grabserial's, or 1970. */
const SECONDS = /(?:^|[\s[(])(\d{1,10})\.(\d{3,9})(?=$|[\s\])])/;

/** The time in what stands before a line; undefined if there is none. */
export function stampOf(before: string): Stamp | undefined {
  const iso = ISO.exec(before);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, part] = iso;
    return calendar(Number(year), Number(month) - 1, day, [hour, minute, second, part]);
  }
  const syslog = SYSLOG.exec(before);
  if (syslog !== null) {
    const [, month = "", day, year, hour, minute, second, part, late] = syslog;
    return calendar(Number(year ?? late ?? 2000), MONTHS.indexOf(month), day, [hour, minute, second, part]);
  }
  const clock = CLOCK.exec(before);
  if (clock !== null) {
    const [, hour, minute, second, part] = clock;
    return { clock: "day", time: ofDay(hour, minute, second, part) % DAY };
  }
  const seconds = SECONDS.exec(before);
  if (seconds === null) return undefined;
  return { clock: "uptime", time: Number(seconds[1]) * SECOND + fraction(seconds[2]) };
}

function calendar(year: number, month: number, day: string | undefined, time: readonly (string | undefined)[]): Stamp {
  const [hour, minute, second, part] = time;
  return { clock: "calendar", time: Date.UTC(year, month, Number(day)) * 1000 + ofDay(hour, minute, second, part) };
}

function ofDay(hour = "0", minute = "0", second = "0", part = ""): number {
  return (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * SECOND + fraction(part);
}

function fraction(digits = ""): number {
  return Math.round(Number(`0.${digits || "0"}`) * SECOND);
}

/** Makes one clock, which starts at 0, of the stamps of a text. A time of day goes on behind midnight. */
export function createStampClock(): (before: string) => number | undefined {
  let first: Stamp | undefined;
  let last = 0;
  let days = 0;
  return (before) => {
    const stamp = stampOf(before);
    if (stamp === undefined) return undefined;
    first ??= stamp;
    if (stamp.clock !== first.clock) return undefined;
    let time = stamp.time - first.time + days * DAY;
    if (stamp.clock === "day" && time < last - DAY / 2) {
      days++;
      time += DAY;
    }
    last = time;
    return time;
  };
}
