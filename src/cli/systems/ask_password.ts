// Asks for a password on the user's terminal, where it is not shown.
import { openSync, writeSync } from "node:fs";
import { ReadStream } from "node:tty";

const [ENTER, LINE, INTERRUPT, END, ERASE, DELETE] = ["\r", "\n", "\u0003", "\u0004", "\b", "\u007f"];

/** What is typed; undefined where there is no terminal, or at Ctrl-C. */
export async function askPassword(question: string): Promise<string | undefined> {
  let fd: number;
  try {
    fd = openSync("/dev/tty", "r+");
  } catch {
    return undefined;
  }
  writeSync(fd, question);
  const terminal = new ReadStream(fd);
  terminal.setRawMode(true);
  let typed: string | undefined = "";
  try {
    typed = await new Promise<string | undefined>((resolve) => {
      let word = "";
      terminal.on("end", () => resolve(undefined));
      terminal.on("data", (data) => {
        for (const letter of data.toString("utf8")) {
          if (letter === ENTER || letter === LINE) resolve(word);
          else if (letter === INTERRUPT || letter === END) resolve(undefined);
          else if (letter === ERASE || letter === DELETE) word = word.slice(0, -1);
          else word += letter;
        }
      });
    });
    writeSync(fd, "\n");
  } finally {
    terminal.setRawMode(false);
    terminal.destroy();
  }
  return typed;
}
