// Tests of number_bytes.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BadNumbers, createNumberReader, createNumberWriter } from "./number_bytes.ts";

const number = fc.oneof(fc.nat(300), fc.maxSafeNat(), fc.constantFrom(0, 127, 128, 2 ** 53, 2 ** 63, 2 ** 64));
const any = fc.oneof(number, fc.constantFrom(Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY));

test("any numbers, columns and texts come back as they were", () => {
  fc.assert(
    fc.property(
      fc.array(number),
      fc.array(any),
      fc.array(fc.nat(2 ** 30)),
      fc.array(fc.string({ unit: "grapheme" })),
      (...given) => {
        const [numbers, column, small, texts] = given;
        const writer = createNumberWriter();
        for (const one of numbers) writer.number(one);
        writer.column(column);
        writer.column(small);
        writer.texts(texts);
        writer.text("end");
        const reader = createNumberReader(writer.take());
        expect(numbers.map(() => reader.number())).toEqual(numbers);
        expect([...reader.column()]).toEqual(column);
        expect([...reader.column()]).toEqual(small);
        expect(reader.texts()).toEqual(texts);
        expect(reader.text()).toBe("end");
      },
    ),
  );
});

test("bytes that end too early are said to", () => {
  const writer = createNumberWriter();
  writer.column([1, 2, 3000]);
  writer.text("abc");
  const whole = writer.take();
  for (let length = 0; length < whole.length; length++) {
    const reader = createNumberReader(whole.subarray(0, length));
    expect(() => [reader.column(), reader.text()]).toThrow(BadNumbers);
  }
});
