// Numbers the owners of blocks: equal ones have one number.
import type { BlockOwner } from "./block_owner.ts";

/** Owners by number. */
interface OwnerTable {
  readonly owners: readonly BlockOwner[];
  numberOf(owner: BlockOwner): number;
}

/** An empty table. */
export function ownerTable(): OwnerTable {
  const owners: BlockOwner[] = [];
  const numbers = new Map<string, number>();
  return {
    owners,
    numberOf(owner) {
      const { place, func, thread, ta, command, mark, stack } = owner;
      const key = JSON.stringify([place, func, thread, ta, command, mark, stack]);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, owners.length);
      return owners.push(owner) - 1;
    },
  };
}
