// What is printed has the fields of its schema: the compiler says so, which `npm run types` checks here.
import { expect, it } from "vitest";
import { describedJson } from "./described_json.ts";

interface Shape {
  name: string;
  sum: number;
  word: 4 | 8;
  note?: string | undefined;
  rows: ({ kind: "a"; size: number } | { kind: "b"; text: string })[];
}

const GOOD = { name: "x", sum: 5n, word: 8, rows: [{ kind: "a", size: 1 }] } as const;

it("prints what fits, large numbers as numbers, on one line or many", () => {
  expect(describedJson<Shape>()(GOOD)).toBe('{"name":"x","sum":5,"word":8,"rows":[{"kind":"a","size":1}]}\n');
  expect(describedJson<{ a: string }>()({ a: "\u001b" }, 2)).toBe('{\n  "a": "\\u001b"\n}\n');
});

it("the compiler refuses a field that is missing, of another kind, or not described, at any depth", () => {
  const { name: _, ...nameless } = GOOD;
  const more = { ...GOOD, rows: [{ kind: "a", size: 1, extra: 2 }] } as const;
  const print = describedJson<Shape>();
  // @ts-expect-error A field is missing.
  print(nameless);
  // @ts-expect-error It is no such number.
  print({ ...GOOD, word: 5 });
  // @ts-expect-error It is not described.
  print({ ...GOOD, more: 1 });
  // @ts-expect-error It is not described, in a list.
  print(more);
  expect(print({ ...GOOD, note: undefined })).not.toContain("note");
});
