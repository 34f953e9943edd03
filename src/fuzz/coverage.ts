// Which ways through the TA were taken: a counter for each edge of its code, in the eight classes that AFL has.

/** 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, 128 and more: a bit each. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, count) => {
  if (count === 0) return 0;
  const limits = [1, 2, 3, 7, 15, 31, 127, 255];
  return 1 << limits.findIndex((limit) => count <= limit);
});

export interface Coverage {
  /** Edges that were taken at all. */
  readonly edges: number;
  /** Edges of the TA. */
  readonly all: number;
  /** Takes the counters of a run, and clears them. How much of it is new: 2 an edge, 1 another number of times, 0 nothing. */
  take(): 0 | 1 | 2;
  /** The same of a new instance. */
  moved(counters: Uint8Array): Coverage;
}

export function createCoverage(counters: Uint8Array, seen = new Uint8Array(counters.length)): Coverage {
  // Most counters of a run are 0: four at once are looked at.
  const aligned = counters.byteOffset % 4 === 0 ? Math.floor(counters.length / 4) : 0;
  const words = new Uint32Array(counters.buffer, aligned > 0 ? counters.byteOffset : 0, aligned);
  let edges = seen.reduce((sum, classes) => sum + Number(classes !== 0), 0);
  return {
    get edges() {
      return edges;
    },
    all: counters.length,
    moved: (to) => createCoverage(to, to.length === seen.length ? seen : undefined),
    take() {
      let news: 0 | 1 | 2 = 0;
      const look = (at: number): void => {
        const count = counters[at] as number;
        if (count === 0) return;
        counters[at] = 0;
        const now = CLASSES[count] as number;
        const before = seen[at] as number;
        if ((before & now) !== 0) return;
        seen[at] = before | now;
        if (before === 0) edges++;
        news = before === 0 ? 2 : news === 2 ? 2 : 1;
      };
      for (let n = 0; n < aligned; n++) if (words[n] !== 0) for (let at = 4 * n; at < 4 * n + 4; at++) look(at);
      for (let at = 4 * aligned; at < counters.length; at++) look(at);
      return news;
    },
  };
}
