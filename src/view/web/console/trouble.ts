// Whether a line of the secure console tells of trouble: the words that OP-TEE has for it.

const WORDS = ["panic", "data-abort", "prefetch-abort", "out of memory", "can't allocate", "corrupt", "assertion"];

/** By its words alone; what matters is what the line says. */
export function looksBad(line: string): boolean {
  const text = line.toLowerCase();
  return WORDS.some((word) => text.includes(word));
}
