// Finds by how much ASLR moved a program, from the addresses of file names in leak headers.

/** The file names of a program. */
export interface ProgramNames {
  /** How messages call it. */
  readonly name: string;
  /** Addresses of all strings that look like the path of a source file. */
  readonly paths: readonly number[];
  /** The string at an address. */
  at(address: number): string | undefined;
}

/** A program, and what was added to its addresses. */
export interface FoundSlide {
  readonly program: string;
  readonly shift: number;
}

const PAGE = 4096;

/**
 * The shift that makes most of the addresses those of file names in a program: whole pages. null if none does so for three
 * quarters of them, or two do it equally well: then the bytes do not tell.
 */
function findSlide(addresses: readonly number[], program: ProgramNames): number | null {
  const votes = new Map<number, number>();
  for (const address of addresses)
    for (const path of program.paths)
      if ((address - path) % PAGE === 0) votes.set(address - path, (votes.get(address - path) ?? 0) + 1);
  const [first, second] = [...votes].sort((a, b) => b[1] - a[1]);
  if (first === undefined || 4 * first[1] < 3 * addresses.length || first[1] === second?.[1]) return null;
  return first[0];
}

/** Of some programs the one whose file names the addresses lead to, with a given shift, or with one that is found. */
export function slideOf(
  addresses: readonly number[],
  programs: readonly ProgramNames[],
  given: number | undefined,
): FoundSlide | null {
  for (const program of programs) {
    const fits = addresses.some((address) => program.at(address - (given ?? 0)) !== undefined);
    if (given !== undefined && fits) return { program: program.name, shift: given };
  }
  for (const program of programs) {
    const shift = findSlide(addresses, program);
    if (shift !== null) return { program: program.name, shift };
  }
  return null;
}
