// A table of live blocks by their address.

/** Numbers from 0 by address; addresses are whole numbers from 1 to 2^64. */
interface AddressTable {
  readonly size: number;
  /** The number of an address, or -1. */
  get(address: number): number;
  set(address: number, number: number): void;
  /** Removes an address and gives its number, or -1. */
  take(address: number): number;
}

const FIRST_SLOTS = 16;

/**
 * Open addressing with linear probing: a Map takes four times the time for addresses, which are too large for its fast
 * numbers. At most half of the slots are in use.
 */
export function createAddressTable(): AddressTable {
  let keys = new Float64Array(FIRST_SLOTS);
  let numbers = new Int32Array(FIRST_SLOTS);
  let mask = FIRST_SLOTS - 1;
  let size = 0;

  /** The slot of an address, or the free one where it would be. */
  function slotOf(address: number): number {
    let slot = home(address, mask);
    for (let key = keys[slot]; key !== 0 && key !== address; key = keys[slot]) slot = (slot + 1) & mask;
    return slot;
  }
  function grow(): void {
    const [oldKeys, oldNumbers] = [keys, numbers];
    keys = new Float64Array(2 * oldKeys.length);
    numbers = new Int32Array(keys.length);
    mask = keys.length - 1;
    for (let slot = 0; slot < oldKeys.length; slot++) {
      const key = oldKeys[slot] as number;
      if (key === 0) continue;
      const to = slotOf(key);
      keys[to] = key;
      numbers[to] = oldNumbers[slot] as number;
    }
  }
  /** Frees a slot: whatever stands behind it and would be found earlier moves up. */
  function close(free: number): void {
    let hole = free;
    for (let slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
      const key = keys[slot] as number;
      if (key === 0) break;
      if (((slot - home(key, mask)) & mask) < ((slot - hole) & mask)) continue;
      keys[hole] = key;
      numbers[hole] = numbers[slot] as number;
      hole = slot;
    }
    keys[hole] = 0;
  }
  return {
    get size() {
      return size;
    },
    get(address) {
      const slot = slotOf(address);
      return keys[slot] === 0 ? -1 : (numbers[slot] as number);
    },
    set(address, number) {
      let slot = slotOf(address);
      if (keys[slot] === 0) {
        if (2 * ++size > mask) {
          grow();
          slot = slotOf(address);
        }
        keys[slot] = address;
      }
      numbers[slot] = number;
    },
    take(address) {
      const slot = slotOf(address);
      if (keys[slot] === 0) return -1;
      const number = numbers[slot] as number;
      size--;
      close(slot);
      return number;
    },
  };
}

/** Where an address is looked for first. Blocks begin at multiples of 8 or 16. */
function home(address: number, mask: number): number {
  const low = (address >>> 3) | 0;
  const mixed = Math.imul(low ^ ((address / 2 ** 32) | 0), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & mask;
}
