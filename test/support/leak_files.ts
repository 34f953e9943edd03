// Console logs with leak lists for tests of `teemem leaks`, in a folder that is removed behind them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { runHere } from "../run_here.ts";

/** Where they are. */
export const folder = mkdtempSync(join(tmpdir(), "teemem-leaks-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a log of these lines; its path. */
export function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** A leak line. */
export const leak = (size: number, site: string, from = "TC"): string => `I/${from}: buffer: ${size} bytes ${site}`;

/** What `teemem leaks --json` did, and what it told. */
export async function json(...words: string[]) {
  const ran = await runHere("leaks", "--json", ...words);
  return { ...ran, told: JSON.parse(ran.out) };
}
