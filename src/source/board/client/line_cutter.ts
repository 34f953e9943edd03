// Cuts bytes into lines.

/** Most that a line may have; what is longer is cut there. */
const LONGEST = 2 ** 22;

/** Takes bytes, gives lines of one character for each byte, without their ends. */
interface LineCutter {
  push(bytes: Uint8Array): void;
  /** Gives a last line that has no end. */
  end(): void;
}

/** Cuts at newlines. */
export function createLineCutter(take: (line: string) => void): LineCutter {
  let rest = "";
  const end = (): void => {
    if (rest !== "") take(rest);
    rest = "";
  };
  return {
    push(bytes) {
      const lines = (rest + new TextDecoder("latin1").decode(bytes)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
      if (rest.length > LONGEST) end();
    },
    end,
  };
}
