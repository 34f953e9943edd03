// Says of each finding in the events of a system in which TA, and during which call, it was.
import type { TaFinding, TaLoaded, TeeEvent } from "../tee/monitor/event.ts";
import type { RecordedFinding } from "./finding_rows.ts";

/** A finding as recordings have it, but for the time and how often it was. */
export type FoundInTa = Omit<RecordedFinding, "time" | "times">;

/** Follows the events of a system; `onFinding` gets each finding. Instances have the numbers of the events. */
export function createFindingListener(onFinding: (found: FoundInTa) => void): (event: TeeEvent) => void {
  const tas = new Map<number, TaLoaded>();
  /** Entries that were not left, the innermost last. */
  const inside = new Map<number, string[]>();

  function find({ instance, session, finding }: TaFinding): void {
    const { uuid = "", name: ta = "" } = tas.get(instance) ?? {};
    onFinding({ uuid, ta, instance, session, entry: inside.get(instance)?.at(-1) ?? "", finding });
  }
  return (event) => {
    const { kind } = event;
    if (kind === "loaded") {
      tas.set(event.instance, event);
      inside.set(event.instance, []);
    } else if (kind === "unloaded") {
      tas.delete(event.instance);
      inside.delete(event.instance);
    } else if (kind === "entered")
      inside.get(event.instance)?.push(event.entry === "invoke" ? `invoke ${event.command}` : event.entry);
    else if (kind === "left") inside.get(event.instance)?.pop();
    else if (kind === "finding") find(event);
  };
}
