// Who holds the memory of a heap now: from the events, or by asking.
import { err, ok, type Result } from "../../base/result.ts";
import type { LiveBlock } from "../../malloc/foreach.ts";
import type { Source } from "../../source/source.ts";
import type { LiveSites, SiteBytes } from "../state/fleet.ts";
import type { EventBook } from "./events.ts";

/** The live blocks of a heap by call site. The error says why they are not known. */
export async function liveSitesOf(
  { source, events }: { readonly source: Source; readonly events: EventBook | null },
  heap: string,
  signal: AbortSignal,
): Promise<Result<LiveSites>> {
  const held = events?.holders(heap);
  if (held !== undefined) return ok({ bytes: "taken", ...held });
  const found = await askBlocks(source, heap, signal);
  return found.ok ? ok({ bytes: "requested", sites: bySite(found.value) }) : found;
}

async function askBlocks(source: Source, heap: string, signal: AbortSignal): Promise<Result<readonly LiveBlock[]>> {
  const [uuid = "", number = ""] = heap.startsWith("ta:") ? heap.slice(3).split("#") : ["core"];
  const about = uuid === "core" ? {} : { ta: uuid };
  // It leaves no lines on the console.
  if (source.answers.has("held") && uuid !== "core") {
    const held = await source.ask("held", signal, about);
    if (!held.ok) return err(held.error.text);
    const one = held.value.filter(({ ended }) => !ended).find(({ instance }) => String(instance) === number);
    return one === undefined ? err(NOT_LISTED) : one.blocks;
  }
  if (!source.answers.has("leaks")) return err(`${source.name} does not list live blocks`);
  const leaks = await source.ask("leaks", signal, about);
  if (!leaks.ok) return err(leaks.error.text);
  const ours = leaks.value.filter((one) => one.uuid === uuid);
  const one = ours.find(({ instance }) => String(instance) === number) ?? ours[Number(number) - 1] ?? ours[0];
  return one === undefined ? err(NOT_LISTED) : ok(one.blocks);
}

const NOT_LISTED = "it does not list the blocks of this heap";

function bySite(blocks: readonly LiveBlock[]): SiteBytes[] {
  const sums = new Map<string, { blocks: number; bytes: number }>();
  for (const { file, line, size } of blocks) {
    const site = file === "" ? "unknown" : `${file}:${line}`;
    const sum = sums.get(site) ?? { blocks: 0, bytes: 0 };
    sums.set(site, { blocks: sum.blocks + 1, bytes: sum.bytes + size });
  }
  return [...sums]
    .map(([site, sum]) => ({ site, ...sum }))
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
}
