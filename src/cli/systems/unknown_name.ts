// A name that nothing is called, so far.
import { clip, printable } from "../../base/printable.ts";
import type { Source } from "../../source/source.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { suggest } from "../outputs/nearest.ts";
import { ask } from "./asking.ts";

/** A sentence where no TA of this name or UUID is bundled, runs or ended in a source: it may still come. */
export async function unknownName(source: Source, ta: string): Promise<string> {
  const [running, ended] = [await ask(source, "running"), await ask(source, "ended")];
  const seen = [...BUNDLED, ...(running.ok ? running.value : []), ...(ended.ok ? ended.value : [])];
  const wanted = ta.toLowerCase();
  if (seen.some(({ name, uuid }) => [name.toLowerCase(), uuid.toLowerCase()].includes(wanted))) return "";
  const names = seen.map(({ name }) => printable(name)).filter((name) => name !== "");
  return `no TA '${clip(ta)}' so far; waiting for one${suggest(ta, names)}`;
}
