// Writes the call sites of a captured platform: core_sites.txt, ta_sites.txt.
import type { Platform } from "../../platform/platform.ts";
import { SITE_USES, type SiteName } from "../../platform/site_names.ts";
import { kindsOf } from "./block_kinds.ts";
import type { CapturedEvent } from "./captured_events.ts";
import { fileOf, findEnd, findSite, type SiteRow } from "./find_site.ts";

/** The rows of a heap: those of the like platform, with places and sizes of the recording as far as it has them. */
export function siteRows(like: Platform, heap: "core" | "ta", events: readonly CapturedEvent[]): string {
  const kinds = kindsOf(events);
  const rows: string[] = [];
  for (const name of Object.keys(SITE_USES[heap]) as SiteName[]) {
    const site = like.sites.get(name);
    if (site === undefined) {
      rows.push(`missing ${name} ${like.missing.get(name) ?? "not captured"}`);
      continue;
    }
    const rivals = [...like.sites.values()].filter(({ file }) => fileOf(file ?? "") === fileOf(site.file ?? ""));
    const { row, of } = findSite(site, rivals, kinds, like.name);
    rows.push(rowText(name, row));
    if (site.end !== null) rows.push(rowText(name, findEnd(site.end, of, like.name)));
  }
  return rows.map((row) => `${row}\n`).join("");
}

function rowText(name: string, { op, size, place, how, note }: SiteRow): string {
  return `${name.padEnd(26)} ${op} ${size.padEnd(6)} ${place.padEnd(60)} ${how.padEnd(9)} ${note}`.trimEnd();
}
