// How moments are told: from the beginning of a recording, or by the clock on the wall for a live system.
import { useApp } from "../state/app.ts";
import { timeText } from "./figures.ts";

/** A clock's time of day, with milliseconds. `epoch` is the wall time at 0, in milliseconds since 1970. */
export function clockText(time: number, epoch: number): string {
  const clock = new Date(epoch + time / 1000);
  return `${clock.toLocaleTimeString("en-GB", { hour12: false })}.${String(clock.getMilliseconds()).padStart(3, "0")}`;
}

/** Tells a moment of what is chosen, from microseconds. */
export function useTimeWords(): (time: number) => string {
  const { chosen, fleet } = useApp();
  const { source } = chosen.now.value;
  const epoch = source === "" ? undefined : fleet.find(source)?.value.epoch;
  return epoch === undefined ? (time) => timeText(time) : (time) => clockText(time, epoch);
}
