// Events that are pushed, to be iterated over.

/** Begins to listen; the returned function ends that. `end` says that no more will come. */
type Listen<T> = (push: (event: T) => void, end: () => void) => () => void;

/** Iterates over what is pushed. Listens from the call of the iterator on, until it is left; nothing is dropped. */
export function pushed<T>(listen: Listen<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => iteratorOf(listen) };
}

function iteratorOf<T>(listen: Listen<T>): AsyncIterator<T> {
  const done: IteratorResult<T> = { done: true, value: undefined };
  let queue: T[] = [];
  let next = 0;
  let over = false;
  let waiting: ((result: IteratorResult<T>) => void) | null = null;

  function give(result: IteratorResult<T>): boolean {
    const resolve = waiting;
    waiting = null;
    resolve?.(result);
    return resolve !== null;
  }
  function push(event: T): void {
    if (over || give({ done: false, value: event })) return;
    queue.push(event);
  }
  function end(): void {
    over = true;
    give(done);
  }
  const stop = listen(push, end);
  return {
    async next() {
      if (next < queue.length) return { done: false, value: queue[next++] as T };
      queue = [];
      next = 0;
      if (over) return done;
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    async return() {
      stop();
      queue = [];
      next = 0;
      end();
      return done;
    },
  };
}
