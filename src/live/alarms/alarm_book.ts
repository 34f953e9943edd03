// Judges systems by rules, and remembers since when each alarm is on and until when it is silenced.
import type { FleetAlarms } from "../open_fleet.ts";
import type { AlarmState, SystemState } from "../state/state.ts";
import { type AlarmFinding, judgeRule } from "./judge_rule.ts";
import { type AlarmRule, matches, type Silence } from "./rule.ts";

/** Alarms of a fleet by the rules and silences of a file. */
export function createAlarms(rules: readonly AlarmRule[], silences: readonly Silence[]): FleetAlarms {
  /** For each system and alarm: since when it holds, without a gap. */
  const held = new Map<string, Map<string, number>>();
  /** Silences by key, in milliseconds on the clock. */
  const silenced = new Map<string, number>();

  function silencedUntil(system: SystemState, rule: string, heap: string, now: number): number | null {
    const ends = silences
      .filter((one) => matches(one.alarm, rule) && matches(one.system, system.name) && matches(one.heap, heap))
      .map(({ until }) => until - system.epoch);
    const until = Math.max(...ends, silenced.get(keyOf(system.name, rule, heap)) ?? 0, 0);
    return until > now ? Math.min(until, Number.MAX_SAFE_INTEGER) : null;
  }
  return {
    judge(system, now) {
      const before = held.get(system.name);
      const holds = new Map<string, number>();
      held.set(system.name, holds);
      return rules.flatMap((rule) =>
        worstOf(judgeRule(rule, system, now)).flatMap(({ heap, text, since = now }): AlarmState[] => {
          const key = keyOf("", rule.name, heap);
          const first = Math.min(since, before?.get(key) ?? since);
          holds.set(key, first);
          if (now - first < rule.hold) return [];
          return [
            { rule: rule.name, heap, since: first, text, silencedUntil: silencedUntil(system, rule.name, heap, now) },
          ];
        }),
      );
    },
    silence(system, rule, heap, until) {
      const key = keyOf(system, rule, heap);
      if (until === null) silenced.delete(key);
      else silenced.set(key, until);
    },
  };
}

/** One for each heap: several limits of a budget may be broken for one heap. */
function worstOf(findings: readonly AlarmFinding[]): AlarmFinding[] {
  const byHeap = new Map<string, AlarmFinding>();
  for (const finding of findings) {
    const other = byHeap.get(finding.heap);
    byHeap.set(finding.heap, other === undefined ? finding : { ...other, text: `${other.text}; ${finding.text}` });
  }
  return [...byHeap.values()];
}

function keyOf(...parts: readonly string[]): string {
  return parts.join("\0");
}
