// Quotes a word for a shell.
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A word as a POSIX shell has to be given it, for commands that people copy. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
