// A pprof profile of heaps, as bytes.
import {
  Function as Func,
  Label,
  Line,
  Location,
  Mapping,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from "pprof-format";
import type { StackFrame } from "./stack_frame.ts";

/** Types of the values. profile.proto of google/pprof: as those of a Go heap profile, so that tools know what they are. */
export const PROFILE_TYPES = [
  ["alloc_objects", "count"],
  ["alloc_space", "bytes"],
  ["inuse_objects", "count"],
  ["inuse_space", "bytes"],
] as const;

/** Name and unit of a value. */
type ProfileType = (typeof PROFILE_TYPES)[number];

/** What one stack of a heap takes. */
export interface ProfileSample {
  /** Index into the names of heaps. */
  readonly heap: number;
  /** The test or command; empty where none is known. */
  readonly mark: string;
  /** From the innermost to the outermost. */
  readonly frames: readonly StackFrame[];
  /** One for each type of the profile. */
  readonly value: readonly number[];
}

/** A profile of several heaps. */
interface HeapProfile {
  readonly types: readonly ProfileType[];
  readonly samples: readonly ProfileSample[];
  /** Names of the heaps. */
  readonly heaps: readonly string[];
  readonly comments: readonly string[];
  /** Nanoseconds that it covers; 0 for a moment. */
  readonly duration: number;
}

/** Encodes a profile, not compressed. */
export function encodeProfile({ types, samples, heaps, comments, duration }: HeapProfile): Uint8Array {
  const strings = new StringTable();
  const text = (value: string): number => strings.dedup(value);
  // The first mapping names the whole.
  const mappings = heaps.length > 1 ? [`${heaps.length} heaps`, ...heaps] : heaps;
  const mappingOf = (heap: number): number => mappings.length - heaps.length + heap + 1;
  const functions = new Map<string, Func>();
  const locations = new Map<string, Location>();
  const locate = ({ func, file, line }: StackFrame, heap: number): number => {
    const funcKey = `${func}\n${file}`;
    const name = text(func);
    const known = functions.get(funcKey);
    const made = known ?? new Func({ id: functions.size + 1, name, systemName: name, filename: text(file) });
    functions.set(funcKey, made);
    const key = `${heap}\n${funcKey}\n${line}`;
    const lines = [new Line({ functionId: made.id, line })];
    const place =
      locations.get(key) ?? new Location({ id: locations.size + 1, mappingId: mappingOf(heap), line: lines });
    locations.set(key, place);
    return Number(place.id);
  };
  const sample = samples.map(({ heap, mark, frames, value }) => {
    const label = [
      new Label({ key: text("heap"), str: text(heaps[heap] ?? "") }),
      ...(mark === "" ? [] : [new Label({ key: text("mark"), str: text(mark) })]),
    ];
    return new Sample({ locationId: frames.map((frame) => locate(frame, heap)), value: [...value], label });
  });
  const valueType = (type: string, unit: string): ValueType => new ValueType({ type: text(type), unit: text(unit) });
  const known = { hasFunctions: true, hasFilenames: true, hasLineNumbers: true, hasInlineFrames: true };
  return new Profile({
    sampleType: types.map(([type, unit]) => valueType(type, unit)),
    sample,
    mapping: mappings.map((name, n) => new Mapping({ id: n + 1, filename: text(name), ...known })),
    location: [...locations.values()],
    function: [...functions.values()],
    durationNanos: duration,
    periodType: valueType("space", "bytes"),
    period: 1,
    comment: comments.map(text),
    defaultSampleType: text("inuse_space"),
    stringTable: strings,
  }).encode();
}
