// The command of a TA in which a row was made.
import { createOwnerOf } from "../analyze/report/owner.ts";
import type { CommandSpan } from "../recording/recording.ts";
import type { SelectedHeap } from "./selection.ts";

/** The entries into TAs during which rows of a heap were made. */
export interface CommandNames {
  /** Each once: `invoke 3` on the heap of the TA itself, `invoke 3 of a734eed9` on the core heap. */
  readonly names: readonly string[];
  /** Index of the name of the command that an instance was in, -1 for none. */
  at(row: number, instance: number): number;
}

/** Looks up commands in the entries of a recording. */
export function commandNames(
  { index, trace: { context } }: SelectedHeap,
  entries: readonly CommandSpan[],
): CommandNames {
  const numbers = new Map<string, number>();
  const spans = new Map<number, { from: number; to: number; owner: string }[]>();
  for (const { trace, instance, name: entry, from, to, uuid } of entries) {
    if (trace !== index || to <= from) continue;
    const name = context === `ta-${uuid}` ? entry : `${entry} of ${uuid.split("-")[0]}`;
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    const own = spans.get(instance) ?? [];
    own.push({ from, to, owner: name });
    spans.set(instance, own);
  }
  const ownerOf = new Map([...spans].map(([instance, own]) => [instance, createOwnerOf(own)]));
  return {
    names: [...numbers.keys()],
    at: (row, instance) => numbers.get(ownerOf.get(instance)?.(row) ?? "") ?? -1,
  };
}
