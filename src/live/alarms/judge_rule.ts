// What a rule finds in a system at this moment.
import { checkBudget } from "../../analyze/budget/check.ts";
import { showAmount } from "../../analyze/budget/limit.ts";
import { grouped } from "../../base/format.ts";
import type { HappeningKind, HeapState, SystemState } from "../state/state.ts";
import { measuresOfState } from "./budget_measures.ts";
import { type AlarmKind, type AlarmRule, matches } from "./rule.ts";

/** Something that a rule reports. */
export interface AlarmFinding {
  /** Key of the heap; empty for the system as a whole. */
  readonly heap: string;
  /** One sentence with figures. */
  readonly text: string;
  /** Since when, where that is known better than by having looked: milliseconds on the clock. */
  readonly since?: number;
}

type Look = (rule: AlarmRule, system: SystemState, now: number) => AlarmFinding[];

const PER_HOUR = 60;

const LOOKS: Readonly<Record<AlarmKind, Look>> = {
  "near full": ofHeaps(({ name, allocated, size }, { over }) => share(name, "in use", allocated, size, over)),
  "near peak": ofHeaps(({ name, max, size }, { over }) => share(name, "in use at once at most", max, size, over)),
  growth: ofHeaps(({ name, growth }, { over }) => {
    const hourly = growth === null ? 0 : Math.round(growth * PER_HOUR);
    return hourly > over ? `${name} grows by ${grouped(hourly)} bytes an hour, more than ${grouped(over)}` : null;
  }),
  refusal: ofHappenings("refusal"),
  panic: (rule, system, now) => {
    const happened = ofHappenings("panic")(rule, system, now);
    const known = new Set(happened.map(({ heap }) => heap));
    const still = ofHeaps(({ name, panicked, key }) =>
      panicked && !known.has(key) ? `${name}: the TA panicked` : null,
    );
    return [...happened, ...still(rule, system, now)];
  },
  console: ({ within }, { console }, now) => {
    const lines = console.filter(({ trouble, time }) => trouble && now - time <= within);
    const [first] = lines;
    const last = lines.at(-1);
    return first === undefined || last === undefined ? [] : [{ heap: "", since: first.time, text: last.text }];
  },
  lost: (_rule, { state, trouble, since, name }) =>
    state === "lost" || state === "silent"
      ? [{ heap: "", since, text: trouble === "" ? `${name} does not answer` : trouble }]
      : [],
  budget: ({ budget }, system) => {
    if (budget === undefined || !answers(system)) return [];
    const measures = measuresOfState(system, budget.budget);
    const keys = new Map(measures.map(({ heap, key }) => [heap, key]));
    return checkBudget(budget.budget, measures)
      .filter(({ status }) => status === "over")
      .map(({ line, heap, measured }) => ({
        heap: keys.get(heap) ?? "",
        text: `${budget.path}:${line.line}: ${line.metric} of ${heap} is ${showAmount(measured ?? 0, line.limit.unit)}, its limit ${showAmount(line.limit.value, line.limit.unit)}`,
      }));
  },
};

/** What a rule finds now. Heaps of a system that does not answer are not looked at: their figures are old. */
export function judgeRule(rule: AlarmRule, system: SystemState, now: number): AlarmFinding[] {
  if (rule.systems.length > 0 && !rule.systems.some((pattern) => matches(pattern, system.name))) return [];
  return LOOKS[rule.kind](rule, system, now);
}

function answers({ state }: SystemState): boolean {
  return state === "live" || state === "ended";
}

function isMeant({ heaps }: AlarmRule, heap: HeapState): boolean {
  const names = [heap.name, heap.uuid ?? "", heap.key];
  return heaps.length === 0 || heaps.some((pattern) => names.some((name) => matches(pattern, name)));
}

function ofHeaps(look: (heap: HeapState, rule: AlarmRule) => string | null): Look {
  return (rule, system) =>
    system.heaps.flatMap((heap) => {
      if (heap.gone || !answers(system) || !isMeant(rule, heap)) return [];
      const text = look(heap, rule);
      return text === null ? [] : [{ heap: heap.key, text }];
    });
}

/** One finding for each heap: since the first of what happened lately, with the words of the last. */
function ofHappenings(kind: HappeningKind): Look {
  return (rule, { happened, heaps }, now) => {
    const found = new Map<string, AlarmFinding>();
    for (const { kind: one, time, heap, text } of happened) {
      if (one !== kind || now - time > rule.within) continue;
      const state = heaps.find(({ key }) => key === heap);
      if (rule.heaps.length > 0 && (state === undefined || !isMeant(rule, state))) continue;
      found.set(heap, { heap, text, since: found.get(heap)?.since ?? time });
    }
    return [...found.values()];
  };
}

function share(name: string, what: string, bytes: number | null, size: number | null, over: number): string | null {
  if (bytes === null || size === null || size === 0 || (100 * bytes) / size <= over) return null;
  const percent = Math.floor((1000 * bytes) / size) / 10;
  return `${name}: ${grouped(bytes)} of ${grouped(size)} bytes ${what}, ${percent} %, more than ${over} %`;
}
