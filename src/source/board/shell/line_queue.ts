// Lines that arrive before somebody asks for them.

/** Takes lines, and gives them to one reader. */
export interface LineQueue {
  readonly lines: AsyncIterable<string>;
  push(line: string): void;
  end(): void;
}

export function createLineQueue(): LineQueue {
  let waiting: string[] = [];
  let over = false;
  let wake = (): void => {};

  async function* lines(): AsyncGenerator<string> {
    for (;;) {
      const ready = waiting;
      waiting = [];
      yield* ready;
      if (waiting.length > 0) continue;
      if (over) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    lines: lines(),
    push(line) {
      waiting.push(line);
      wake();
    },
    end() {
      over = true;
      wake();
    },
  };
}
