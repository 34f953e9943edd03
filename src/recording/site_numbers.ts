// Numbers call sites by the numbers of their function and place.
import { RecordingDamage } from "./buffers.ts";

/** Numbers call sites in the order in which they first come. */
export interface SiteNumbers {
  /** Numbers of function and place by site. */
  readonly sites: readonly (readonly [func: number, place: number])[];
  /** The number of a call site. Throws `RecordingDamage` where there are too many. */
  of(func: number, place: number): number;
}

const MAX_SITES = 2 ** 18;

/** Numbers that go on in this list. */
export function createSiteNumbers(sites: (readonly [func: number, place: number])[] = []): SiteNumbers {
  const numbers = new Map<number, number>();
  // By place the function and the site that came last: nearly always the ones that come again.
  const lastFunc: number[] = [];
  const lastSite: number[] = [];
  function of(func: number, place: number): number {
    if (lastFunc[place] === func) return lastSite[place] as number;
    const key = func * 2 ** 26 + place;
    let site = numbers.get(key);
    if (site === undefined) {
      if (sites.length === MAX_SITES) throw new RecordingDamage(`more than ${MAX_SITES} call sites`);
      site = sites.push([func, place]) - 1;
      numbers.set(key, site);
    }
    lastFunc[place] = func;
    lastSite[place] = site;
    return site;
  }
  sites.forEach(([func, place], site) => {
    numbers.set(func * 2 ** 26 + place, site);
  });
  return { sites, of };
}
