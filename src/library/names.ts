// File names of leak headers that another thread can know, too.
import { createFileNames, type FileNames } from "../malloc/names.ts";

/** File names with their list. */
export interface SharedNames extends FileNames {
  /** All names that have an address, in the order in which they got it. */
  readonly list: readonly string[];
}

/** Names that have the addresses of another thread's list, and go on behind it. */
export function createSharedNames(known: readonly string[] = []): SharedNames {
  const names = createFileNames();
  const list: string[] = [];
  const address = (name: string | null): number => {
    if (name !== null && !list.includes(name)) list.push(name);
    return names.address(name);
  };
  for (const name of known) address(name);
  return { address, at: names.at, list };
}
