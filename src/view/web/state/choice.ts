// What is chosen on the page: one value that every view draws from.

/** The views, in the order of their tabs. */
export const VIEWS = ["overview", "timeline", "holders", "flame", "differences", "moments", "map", "sizing"] as const;
export type ViewName = (typeof VIEWS)[number];

/** Microseconds on the clock of the file or source, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Choice {
  readonly view: ViewName;
  /** Name of a live source; empty for none. A source and a file are never chosen together. */
  readonly source: string;
  /** Id of a recording, as `data/files.ts` gives it; empty for none. */
  readonly file: string;
  /** Key of a heap of the file or source; empty for all of them. */
  readonly heap: string;
  /** Null for the whole time. */
  readonly range: Range | null;
  /** Microseconds; null for none. */
  readonly moment: number | null;
  /** The range to compare with. */
  readonly second: Range | null;
  /** Up to three moments for the rule of leaks, ascending. */
  readonly moments: readonly number[];
}

export const NOTHING_CHOSEN: Choice = {
  view: "overview",
  source: "",
  file: "",
  heap: "",
  range: null,
  moment: null,
  second: null,
  moments: [],
};
