// The views and their tabs: one row for each, in the order of the keys 1 to 9.
import type { ComponentType } from "preact";
import { Flame } from "../flame/flame.tsx";
import { HeapMap } from "../map/heap_map.tsx";
import { Differences } from "../memory/differences.tsx";
import { Holders } from "../memory/holders.tsx";
import { Moments } from "../memory/moments.tsx";
import { Overview } from "../overview/overview.tsx";
import { Sizing } from "../sizing/sizing.tsx";
import type { ViewName } from "../state/choice.ts";
import { TimelineView } from "../timeline/timeline.tsx";

export interface View {
  readonly name: ViewName;
  readonly title: string;
  /** What it draws: all systems; the heaps of a system or recording; or a recording alone. */
  readonly of: "systems" | "heaps" | "recording";
  readonly Draw: ComponentType;
}

export const VIEW_TABLE: readonly View[] = [
  { name: "overview", title: "Overview", of: "systems", Draw: Overview },
  { name: "timeline", title: "Timeline", of: "heaps", Draw: TimelineView },
  { name: "holders", title: "Who held", of: "recording", Draw: Holders },
  { name: "flame", title: "Flame graph", of: "recording", Draw: Flame },
  { name: "differences", title: "Differences", of: "recording", Draw: Differences },
  { name: "moments", title: "Three moments", of: "recording", Draw: Moments },
  { name: "map", title: "Heap map", of: "recording", Draw: HeapMap },
  { name: "sizing", title: "Sizing", of: "recording", Draw: Sizing },
];
