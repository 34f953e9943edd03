// How moments are told: from the beginning of a recording, or by the clock on the wall for a live system.
import { useApp } from "../state/app.ts";
import type { FileFacts } from "../worker/questions.ts";
import { timeText } from "./figures.ts";
import { useFile } from "./use_file.ts";

/** A clock's time of day, with milliseconds. `epoch` is the wall time at 0, in milliseconds since 1970. */
export function clockText(time: number, epoch: number): string {
  const clock = new Date(epoch + time / 1000);
  return `${clock.toLocaleTimeString("en-GB", { hour12: false })}.${String(clock.getMilliseconds()).padStart(3, "0")}`;
}

/** Tells a moment by what times number from 0: `list 3`. */
export function orderText(time: number, order: FileFacts["order"]): string {
  return `${order} ${Math.round(time) + 1}`;
}

/** What the times of the chosen recording number; empty where they are microseconds. */
export function useOrder(): FileFacts["order"] {
  return useFile()?.facts.order ?? "";
}

/** Tells a moment of what is chosen, from microseconds or numbers. */
export function useTimeWords(): (time: number) => string {
  const { chosen, fleet } = useApp();
  const { source } = chosen.now.value;
  const order = useOrder();
  if (order !== "") return (time) => orderText(time, order);
  const epoch = source === "" ? undefined : fleet.find(source)?.value.epoch;
  return epoch === undefined ? (time) => timeText(time) : (time) => clockText(time, epoch);
}
