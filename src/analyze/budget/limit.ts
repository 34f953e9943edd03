// Parses and prints the limits of a budget: bytes, percent, counts.
import { grouped } from "../../base/format.ts";
import { err, ok, type Result } from "../../base/result.ts";

/** What a number in a budget counts. */
export type Unit = "bytes" | "percent" | "count";

/** The most that is allowed. */
export interface Limit {
  readonly value: number;
  readonly unit: Unit;
}

const NUMBER = /^(\d[\d_,]*(?:\.\d+)?)\s*(%|[kmg]?i?b?|bytes?|blocks?)$/i;
const FACTORS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const EXAMPLES: Readonly<Record<Unit, string>> = {
  bytes: "bytes like 61440 or 60k",
  percent: "a percentage like 90 %",
  count: "a whole number like 0",
};

/** Reads `61440`, `60k`, `60 KiB`, `90 %` or `3`, as far as these units are allowed. */
export function parseLimit(text: string, units: readonly Unit[]): Result<Limit> {
  const expected = err(`expected ${units.map((unit) => EXAMPLES[unit]).join(", or ")}`);
  const match = NUMBER.exec(text.trim());
  if (match === null) return expected;
  const number = Number((match[1] ?? "").replace(/[_,]/g, ""));
  const suffix = (match[2] ?? "").toLowerCase();
  if (suffix === "%") return units.includes("percent") ? ok({ value: number, unit: "percent" }) : expected;
  const unit = units.find((one) => one !== "percent");
  // A bare number is a percentage where nothing else can be meant.
  if (unit === undefined) return suffix === "" ? ok({ value: number, unit: "percent" }) : expected;
  const factor = suffix.startsWith("b") ? 1 : (FACTORS[suffix[0] ?? ""] ?? 1);
  if (unit === "count" && (factor > 1 || suffix === "b" || suffix.startsWith("byte"))) return expected;
  const value = number * factor;
  return Number.isSafeInteger(value) ? ok({ value, unit }) : expected;
}

/** `61,440 bytes`, `89.25 %`, `3`. */
export function showAmount(value: number, unit: Unit): string {
  if (unit === "percent") return `${Number(value.toFixed(2))} %`;
  return unit === "bytes" ? `${grouped(value)} bytes` : grouped(value);
}

/** How much one amount is more than another: of percentages, so many percentage points. */
export function showDifference(value: number, unit: Unit): string {
  const points = Number(value.toFixed(2));
  return unit === "percent" ? `${points} percentage point${points === 1 ? "" : "s"}` : showAmount(value, unit);
}
