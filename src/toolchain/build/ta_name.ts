// The name of a TA: the folder of its sources.
import { relative, sep } from "node:path";

/** Folders that are called what every TA's is. */
const COMMON: ReadonlySet<string> = new Set([
  "",
  "ta",
  "src",
  "source",
  "build",
  "trusted_app",
  "trusted",
  "tee",
  "secure",
  "optee",
]);

/** The nearest folder that is no common name; `ta` where there is none. */
export function taName(folder: string): string {
  const names = folder.split(sep);
  const name = names.reverse().find((one) => !COMMON.has(one.toLowerCase())) ?? "ta";
  return name.replaceAll(/[^\w.-]/g, "_");
}

/** The same for a link in a folder of objects: cmake links where it builds, not where sources are. */
export function taNameOf(linkedIn: string, sources: string, objects: string): string {
  const inside = relative(objects, linkedIn);
  return taName(inside.startsWith("..") ? linkedIn : sources);
}
