// Takes lines of a shell apart, as far as documents use one: quotes, comments, lines that go on, commands in a row.

/** One command of a line: what stands before it as `NAME=value`, and its words. */
export interface ShellCommand {
  readonly variables: readonly string[];
  readonly words: readonly string[];
  /** It reads what the command before it prints. */
  readonly piped: boolean;
}

// Quoted, escaped, or plain parts of a word; operators end a command; a comment ends a line.
const TOKEN =
  /\\\n|[ \t]+|(#[^\n]*)|(\n|&&|\|\||<\(|[;&|()]|\d?>>?(?:&\d)?|<)|((?:'[^']*'|"[^"]*"|\\.|\$\([^)]*\)|[^\s'"\\;&|()<>])+)/gy;

/** All commands of a text. */
export function shellCommands(text: string): ShellCommand[] {
  const found: ShellCommand[] = [];
  let words: string[] = [];
  let piped = false;
  let isFile = false;
  const end = (operator: string): void => {
    const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    if (first >= 0) found.push({ variables: words.slice(0, first), words: words.slice(first), piped });
    words = [];
    piped = operator === "|";
  };
  for (const [, comment, operator, word] of text.matchAll(TOKEN)) {
    if (comment !== undefined) continue;
    if (operator !== undefined && /^(\d?>|<$)/.test(operator)) isFile = !operator.includes("&");
    else if (operator !== undefined) end(operator);
    else if (word !== undefined) {
      if (isFile) isFile = false;
      else words.push(plain(word));
    }
  }
  end("\n");
  return found;
}

function plain(word: string): string {
  return word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, (_, one = "", two = "", three = "") => `${one}${two}${three}`);
}
