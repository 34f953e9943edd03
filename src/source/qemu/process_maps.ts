// Reads /proc/PID/maps of Linux: the mappings of a process.

export interface Mapping {
  readonly from: number;
  readonly to: number;
  /** `rw-p` and so on. */
  readonly access: string;
  /** File or kind; empty for anonymous memory. */
  readonly path: string;
}

const LINE = /^([\da-f]{1,16})-([\da-f]{1,16}) ([rwxps-]{4}) [\da-f]+ [\da-f:]+ \d{1,20}( .*|)$/;

/** The mappings by address. */
export function processMaps(text: string): Mapping[] {
  return text.split("\n").flatMap((line) => {
    const [, from, to, access, path = ""] = LINE.exec(line) ?? [];
    if (from === undefined || to === undefined || access === undefined) return [];
    return [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), access, path: path.trim() }];
  });
}

/**
 * Mappings that can be RAM of a machine, the smallest first: readable and writable, and followed by the page without access
 * that QEMU sets behind RAM.
 */
export function likelyRam(maps: readonly Mapping[]): Mapping[] {
  const found = maps.filter(({ to, access }, n) => {
    const next = maps[n + 1];
    const guarded = next !== undefined && next.from === to && next.access.startsWith("---");
    return access.startsWith("rw-") && guarded;
  });
  return found.sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
}
