// The version of this program.
import { readFileSync } from "node:fs";
import { packagePath } from "../package/package_path.ts";

/** As package.json has it. */
export function ownVersion(): string {
  const text = readFileSync(packagePath("package.json"), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version);
}
