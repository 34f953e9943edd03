// The heaps of a system, from answer to answer: which are there, which are gone, and what happened between.
import { counted, grouped } from "../../base/format.ts";
import type { Happening, HeapState } from "../state/state.ts";
import type { Reading } from "./reading.ts";
import { createHeapTrack, type HeapTrack } from "./track.ts";

/** The heaps of a system. */
export interface HeapBook {
  /** Pools, then TAs, in the order of the answers; then what is gone, the latest first. */
  readonly states: readonly HeapState[];
  /** Takes an answer, and says what happened since the one before. Of kinds that were not `answered` nothing is concluded. */
  take(readings: readonly Reading[], answered: ReadonlySet<Reading["kind"]>, time: number): Happening[];
  /** Bytes in use between two answers: the highest will be a point of the history. */
  spike(key: string, time: number, allocated: number): void;
  /** Somebody else has told of a refused request: the next answer counts it, too. */
  refusalTold(key: string): void;
  /** The history of a heap before it was asked for the first time. */
  before(key: string, times: readonly number[], allocated: readonly number[]): void;
}

/** Heaps that are gone and still shown. */
const GONE = 8;

/** `tells`: others tell when TAs come and go. */
export function createHeapBook(tells: () => boolean = () => false): HeapBook {
  const tracks = new Map<string, HeapTrack>();
  const spikes = new Map<string, { readonly time: number; readonly allocated: number }>();
  const told = new Map<string, number>();
  let pasts: ReadonlyMap<string, readonly [times: readonly number[], allocated: readonly number[]]> = new Map();
  let states: readonly HeapState[] = [];
  let isFirst = true;

  function takeOne(reading: Reading, time: number): Happening[] {
    const { key, name, kind } = reading;
    const old = tracks.get(key);
    const track = old ?? createHeapTrack(reading, time);
    if (old === undefined) {
      tracks.set(key, track);
      const [times = [], allocated = []] = pasts.get(key) ?? [];
      for (const [i, at] of times.entries()) track.point(at, allocated[i] as number);
    }
    const spike = spikes.get(key);
    if (spike !== undefined && spike.time < time) track.point(spike.time, spike.allocated);
    const comes = kind === "ta" && !isFirst && !tells() && (old === undefined || old.state.gone);
    const { refused, panicked, restarted } = track.take(reading, time);
    const happened: Happening[] = [];
    const say = (what: Happening["kind"], text: string): void =>
      void happened.push({ time, kind: what, heap: key, text: `${name}: ${text}` });
    if (comes) say("loaded", "loaded");
    if (restarted) say("restart", "its counters began anew, after a boot or a reset");
    const unsaid = refused - (told.get(key) ?? 0);
    if (unsaid > 0) say("refusal", refusalText(unsaid, track.state));
    if (panicked) say("panic", "the TA panicked");
    return happened;
  }
  function leave({ state, leave: goes }: HeapTrack, time: number): Happening[] {
    goes();
    if (state.kind !== "ta" || tells()) return [];
    return [{ time, kind: "unloaded", heap: state.key, text: `${state.name}: unloaded` }];
  }
  return {
    get states() {
      return states;
    },
    take(readings, answered, time) {
      const here = new Map(readings.map((reading) => [reading.key, reading]));
      const gone = [...tracks.values()].filter(
        ({ state }) => !state.gone && answered.has(state.kind) && !here.has(state.key),
      );
      const happened = [
        ...gone.flatMap((track) => leave(track, time)),
        ...[...here.values()].flatMap((reading) => takeOne(reading, time)),
      ];
      spikes.clear();
      told.clear();
      isFirst = false;
      const ordered = inOrder([...tracks.values()], [...here.keys()]);
      tracks.clear();
      for (const track of ordered) tracks.set(track.state.key, track);
      states = ordered.map(({ state }) => state);
      return happened;
    },
    spike(key, time, allocated) {
      if (allocated > (spikes.get(key)?.allocated ?? tracks.get(key)?.state.allocated ?? Number.POSITIVE_INFINITY))
        spikes.set(key, { time, allocated });
    },
    refusalTold: (key) => void told.set(key, (told.get(key) ?? 0) + 1),
    before: (key, times, allocated) => {
      pasts = new Map([...pasts, [key, [times, allocated]]]);
    },
  };
}

/** What is there as it was answered, pools first; then the latest of those that are gone. */
function inOrder(tracks: readonly HeapTrack[], keys: readonly string[]): HeapTrack[] {
  const place = new Map(keys.map((key, i) => [key, i]));
  const rank = ({ state: { key, kind } }: HeapTrack): number =>
    (kind === "pool" ? 0 : keys.length) + (place.get(key) ?? keys.length);
  const here = tracks.filter(({ state }) => !state.gone).sort((a, b) => rank(a) - rank(b));
  const gone = tracks.filter(({ state }) => state.gone).sort((a, b) => b.seen - a.seen);
  return [...here, ...gone.slice(0, GONE)];
}

function refusalText(count: number, { biggestFailure, biggestFailureUsed }: HeapState): string {
  const largest =
    biggestFailure === null || biggestFailure === 0
      ? ""
      : `; the largest so far asked for ${grouped(biggestFailure)} bytes${biggestFailureUsed === null ? "" : ` while ${grouped(biggestFailureUsed)} were in use`}`;
  return `${counted(count, "request")} failed${largest}`;
}
