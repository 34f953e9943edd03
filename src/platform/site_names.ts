// The one list of call sites that the code asks a platform for: what is missing in a platform is found when it is read.
import { CALL_SITES } from "./names/call_sites.ts";
import { CONTEXT_SITES } from "./names/context_sites.ts";
import { KEY_SITES } from "./names/key_sites.ts";
import type { SiteUse } from "./names/site_use.ts";
import { STORAGE_SITES } from "./names/storage_sites.ts";
import { TA_SITES } from "./names/ta_sites.ts";
import { WORK_SITES } from "./names/work_sites.ts";

const CORE_SITES = { ...CALL_SITES, ...STORAGE_SITES, ...CONTEXT_SITES, ...KEY_SITES, ...WORK_SITES } as const;

/** A call site on the core heap. */
export type CoreSiteName = keyof typeof CORE_SITES;
/** A call site on the heap of a TA. */
export type TaSiteName = keyof typeof TA_SITES;
/** A name that the code may ask for. */
export type SiteName = CoreSiteName | TaSiteName;

/** Names of each heap, with their use. */
export const SITE_USES: Readonly<Record<"core" | "ta", Readonly<Record<string, SiteUse>>>> = {
  core: CORE_SITES,
  ta: TA_SITES,
};

/** How the code uses a call site. */
export function useOf(name: SiteName): SiteUse {
  return name in TA_SITES ? TA_SITES[name as TaSiteName] : CORE_SITES[name as CoreSiteName];
}

/** Names of a group, which is the word before the dot: `call`, `storage`, `ta`. */
export function namesOf(group: string): SiteName[] {
  const all = [...Object.keys(CORE_SITES), ...Object.keys(TA_SITES)] as SiteName[];
  return all.filter((name) => name.startsWith(`${group}.`));
}
