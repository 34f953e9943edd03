// Quotes a word for a shell.
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A word as a POSIX shell has to be given it, for commands that people copy. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : shellQuoted(word);
}

/** The same in quotes, whatever it is, for commands that a program sends. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
