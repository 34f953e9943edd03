// Suppressions of findings, as text to start from.
import type { CallFrame } from "../../base/call_stack.ts";
import type { FindingGroup } from "./finding_group.ts";
import { findingSentence, findingStacks } from "./finding_words.ts";
import { ANY_FRAMES } from "./suppression.ts";

/** Frames of each: deeper ones say little about the fault. */
const MOST = 8;

/** One suppression for each finding, which takes that one alone. */
export function suppressionText(groups: readonly FindingGroup[]): string {
  return groups.map(one).join("\n");
}

function one(group: FindingGroup): string {
  const { uuid, finding } = group.first;
  const ta = isWord(group.first.ta) ? group.first.ta : uuid;
  const [stack] = findingStacks(finding);
  const frames = stack?.frames ?? [];
  const lines = frames
    .slice(0, MOST)
    .map(({ func, place }) => `  ${wordOf(func)} ${fileOf({ func, place })}`.trimEnd());
  const sentence = findingSentence(group).replace(/[\p{Cc}\u2028\u2029]/gu, " ");
  return `# ${sentence}\n${finding.kind} in ${ta}\n${[...lines, ...(frames.length > MOST ? [`  ${ANY_FRAMES}`] : [])].join("\n")}\n`;
}

/** The file without the line, which moves. */
function fileOf({ place }: CallFrame): string {
  const file = place.replace(/:\d{1,9}$/, "");
  return file === "" || isWord(file) ? file : "*";
}

function wordOf(func: string): string {
  return isWord(func) ? func : "*";
}

function isWord(text: string): boolean {
  return text !== "" && !/[\s#]/.test(text);
}
