// Spans of time and growth as people read them.
import { type Printable, shown } from "../../base/printable.ts";

const UNITS = [
  ["d", 86_400_000, "h", 3_600_000],
  ["h", 3_600_000, "min", 60_000],
  ["min", 60_000, "s", 1000],
] as const;

/** Milliseconds in at most two units: `42 s`, `3 min 20 s`, `2 d 4 h`; more than 99 days is `99 d`. */
export function spanText(ms: number): Printable {
  if (ms >= 99 * 86_400_000) return shown`99 d`;
  for (const [unit, size, part, length] of UNITS) {
    if (ms < size) continue;
    const rest = Math.floor((ms % size) / length);
    return rest === 0
      ? shown`${Math.floor(ms / size)} ${unit}`
      : shown`${Math.floor(ms / size)} ${unit} ${rest} ${part}`;
  }
  return shown`${Math.max(0, Math.floor(ms / 1000))} s`;
}

/** The same in one unit, short: `42s`, `3min`, `2d`. */
export function shortSpan(ms: number): Printable {
  const unit = UNITS.find(([, size]) => ms >= size);
  if (ms >= 99 * 86_400_000) return shown`99d`;
  return unit === undefined
    ? shown`${Math.max(0, Math.floor(ms / 1000))}s`
    : shown`${Math.floor(ms / unit[1])}${unit[0]}`;
}

/** Bytes a minute, with a sign: `+704`, `+1.2k`, `-3.4M`. */
export function paceText(bytes: number): Printable {
  const size = Math.abs(bytes);
  const sign = Math.round(size) === 0 ? "" : bytes < 0 ? "-" : "+";
  if (size < 1000) return shown`${sign}${Math.round(size)}`;
  const [value, unit] = size < 999_950 ? ([size / 1000, "k"] as const) : ([size / 1e6, "M"] as const);
  return shown`${sign}${Number(value < 100 ? value.toFixed(1) : Math.round(value))}${unit}`;
}
