import { clip, printable } from "../../base/printable.ts";
import { BOX } from "../../tee/apps/box.ts";
import type { Inspector } from "../../tee/ta/inspector.ts";
import { suggest } from "../outputs/nearest.ts";

/** A sentence where no application of this name or UUID is in the box, runs or ended in a daemon: it may still come. */
export async function unknownName(inspect: Inspector, ta: string): Promise<string> {
  const [running, ended] = [await inspect.running(), await inspect.ended()];
  const seen = [...BOX, ...(running.ok ? running.value : []), ...(ended.ok ? ended.value : [])];
  const wanted = ta.toLowerCase();
  if (seen.some(({ name, uuid }) => [name.toLowerCase(), uuid.toLowerCase()].includes(wanted))) return "";
  const names = seen.map(({ name }) => printable(name)).filter((name) => name !== "");
  return `no trusted application '${clip(ta)}' so far; waiting for one${suggest(ta, names)}`;
}
