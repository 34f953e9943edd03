/**
 * Addresses of the file names that leak headers point to. In C they are string literals outside of the heap; here every
 * name gets an address of its own when it is first used.
 */
export interface FileNames {
  /** Address of a name; 0 for no name. */
  address(name: string | null): number;
  /** The name at an address; null for 0, undefined for an address that was never given out. */
  at(address: number): string | null | undefined;
}

/** The file that upstream records for the pool table and the plain entry points. */
export const MALLOC_FILE = "lib/libutils/isoc/bget_malloc.c";

/** Names at 64-byte steps from `start` (default 0x0e000000), the malloc layer's own file first. */
export function createFileNames(start = 0x0e000000): FileNames {
  const step = 64;
  const addresses = new Map<string, number>([[MALLOC_FILE, start]]);
  const names = [MALLOC_FILE];
  return {
    address(name) {
      if (name === null) return 0;
      const known = addresses.get(name);
      if (known !== undefined) return known;
      const address = start + step * names.length;
      addresses.set(name, address);
      names.push(name);
      return address;
    },
    at(address) {
      if (address === 0) return null;
      return (address - start) % step === 0 ? names[(address - start) / step] : undefined;
    },
  };
}
