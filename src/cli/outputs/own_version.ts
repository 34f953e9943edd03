// The version of this program.
import { readFileSync } from "node:fs";

/** As package.json has it. */
export function ownVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version);
}
