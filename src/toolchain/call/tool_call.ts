// One call of a compiler tool as a Makefile makes it, and its answer.

/** What `make` calls: `CROSS_COMPILE` and one of the names of the table of tools, with its arguments. */
export interface ToolCall {
  /** `gcc`, `ld.bfd`, `ar` … */
  readonly tool: string;
  readonly args: readonly string[];
  /** The folder of the call; relative paths in `args` start there. */
  readonly cwd: string;
  /** Standard input, where an argument asks for it with `-`. */
  readonly input?: Uint8Array;
}

export interface ToolAnswer {
  /** The exit code. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An answer without a word. */
export const DONE: ToolAnswer = { code: 0, out: "", err: "" };

/** An answer on standard output. */
export function says(out: string): ToolAnswer {
  return { code: 0, out: `${out}\n`, err: "" };
}

/** A failure; the text is one line, as compilers write it. */
export function fails(err: string): ToolAnswer {
  return { code: 1, out: "", err: `${err}\n` };
}
