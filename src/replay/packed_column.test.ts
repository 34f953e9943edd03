// Tests of packed_column.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createPackRoom, packColumn, unpackColumn } from "./packed_column.ts";

function packed(values: readonly number[]) {
  const room = createPackRoom(values.length);
  const column = packColumn(Float64Array.from(values), values.length, room);
  const bytes = room.bytes.slice(0, values.length * column.width);
  room.bytes.fill(0xaa);
  room.bytes.set(bytes);
  const back = new Float64Array(values.length);
  unpackColumn(column, values.length, room, back);
  return { width: column.width, back: [...back] };
}

test.each([
  [[7, 7, 7], 0],
  [[-1, 254], 1],
  [[-1, 255], 2],
  [[0, 65535], 2],
  [[0, 65536], 4],
  [[2 ** 52, 2 ** 52 + 2 ** 32 - 1], 4],
  [[0, 2 ** 32], 8],
  [[0, 2 ** 64], 8],
])("%j takes %d bytes each", (values, width) => {
  expect(packed(values)).toEqual({ width, back: values });
});

test("any whole numbers come back as they were", () => {
  const number = fc.oneof(fc.integer({ min: -1, max: 300 }), fc.maxSafeNat(), fc.constantFrom(2 ** 64, 2 ** 63));
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), (values) => {
      expect(packed(values).back).toEqual(values);
    }),
  );
});
