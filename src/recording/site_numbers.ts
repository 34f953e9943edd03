// Numbers call sites by the numbers of their function, their place and the stack that leads there.
import { RecordingDamage } from "./buffers.ts";

/** Numbers of the texts of a site. */
export type SiteTexts = readonly [func: number, place: number, stack: number];

/** Numbers call sites in the order in which they first come. */
export interface SiteNumbers {
  /** Numbers of function, place and stack by site. */
  readonly sites: readonly SiteTexts[];
  /** The number of a call site. Throws `RecordingDamage` where there are too many. */
  of(func: number, place: number, stack: number): number;
}

const MAX_SITES = 2 ** 18;

/** Numbers that go on in this list. */
export function createSiteNumbers(sites: SiteTexts[] = []): SiteNumbers {
  const byStack: Map<number, number>[] = [];
  const numbersOf = (stack: number): Map<number, number> => {
    byStack[stack] ??= new Map();
    return byStack[stack];
  };
  // By place the function, stack and site that came last: nearly always the ones that come again.
  const lastFunc: number[] = [];
  const lastStack: number[] = [];
  const lastSite: number[] = [];
  function of(func: number, place: number, stack: number): number {
    if (lastFunc[place] === func && lastStack[place] === stack) return lastSite[place] as number;
    const numbers = numbersOf(stack);
    const key = func * 2 ** 26 + place;
    let site = numbers.get(key);
    if (site === undefined) {
      if (sites.length === MAX_SITES) throw new RecordingDamage(`more than ${MAX_SITES} call sites`);
      site = sites.push([func, place, stack]) - 1;
      numbers.set(key, site);
    }
    lastFunc[place] = func;
    lastStack[place] = stack;
    lastSite[place] = site;
    return site;
  }
  sites.forEach(([func, place, stack], site) => {
    numbersOf(stack).set(func * 2 ** 26 + place, site);
  });
  return { sites, of };
}
