// Tests of a reader that is slower than what it is sent.
import { describe, expect, test } from "vitest";
import { createStreamReader, type ReaderSink } from "./reader.ts";

/** A sink that takes so many bytes before it has to be waited for. */
function slowSink(room: number) {
  const hearers = new Map<string, () => void>();
  const state = { text: "", room, destroyed: false };
  const sink: ReaderSink = {
    write(bytes) {
      state.text += Buffer.from(bytes).toString();
      state.room -= bytes.length;
      return state.room > 0;
    },
    on: (event, call) => hearers.set(event, call),
    destroy() {
      state.destroyed = true;
      hearers.get("close")?.();
    },
  };
  return {
    sink,
    state,
    drain(more: number) {
      state.room = more;
      hearers.get("drain")?.();
    },
  };
}

const bytes = (text: string, times = 1): Uint8Array => Buffer.from(text.repeat(times));
const LARGE = 400_000;

describe("a reader", () => {
  test("gets everything in order, as it takes it", () => {
    const { sink, state, drain } = slowSink(1);
    const reader = createStreamReader(sink, fail, fail);
    reader.begin([bytes("a"), bytes("b")]);
    reader.send(bytes("c"));
    expect(state.text).toBe("a");
    drain(1);
    expect(state.text).toBe("ab");
    drain(10);
    expect(state.text).toBe("abc");
  });

  test("that is behind gets no more until it has taken what began, and then something whole", () => {
    const { sink, state, drain } = slowSink(1);
    let asked = 0;
    const reader = createStreamReader(
      sink,
      () => {
        asked++;
        reader.begin([bytes("whole")]);
      },
      fail,
    );
    reader.send(bytes("x", LARGE));
    for (let n = 0; n < 10; n++) reader.send(bytes("y", LARGE));
    // Nothing is cut in the middle.
    while (!state.text.endsWith("whole")) drain(65536);
    expect(state.text).toBe(`${"x".repeat(LARGE)}whole`);
    expect(asked).toBe(1);
    drain(10);
    reader.send(bytes("after"));
    expect(state.text.endsWith("wholeafter")).toBe(true);
  });

  test("that takes nothing is dropped at the third check", () => {
    const { sink, state } = slowSink(1);
    let left = 0;
    const reader = createStreamReader(sink, fail, () => left++);
    reader.begin([bytes("a", LARGE)]);
    expect([reader.check(), reader.check(), state.destroyed]).toEqual([false, false, false]);
    expect([reader.check(), state.destroyed, left]).toEqual([false, true, 1]);
  });

  test("that takes a little each time is dropped, too, later", () => {
    const { sink, state, drain } = slowSink(1);
    const reader = createStreamReader(sink, fail, () => {});
    reader.begin([bytes("a", 100 * LARGE)]);
    let checks = 0;
    while (!state.destroyed && checks < 100) {
      drain(1);
      reader.check();
      checks++;
    }
    expect(checks).toBe(9);
  });

  test("that keeps up is never dropped", () => {
    const { sink, state, drain } = slowSink(1);
    const reader = createStreamReader(sink, fail, fail);
    for (let n = 0; n < 100; n++) {
      reader.send(bytes("a"));
      drain(1);
      drain(1);
      expect(reader.check()).toBe(true);
    }
    expect(state.destroyed).toBe(false);
  });
});

function fail(): never {
  throw new Error("not expected");
}
