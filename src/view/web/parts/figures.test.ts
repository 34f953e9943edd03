// Numbers as the page shows them.
import { expect, test } from "vitest";
import { bytesText, heapText, lengthText, percentText, shortBytes, timeText } from "./figures.ts";

test("what is not known is a question mark", () => {
  expect([
    bytesText(null),
    bytesText(Number.NaN),
    percentText(null, 5),
    percentText(5, null),
    percentText(0, 0),
  ]).toEqual(Array(5).fill("?"));
  expect([bytesText(0), bytesText(12528), percentText(0, 5)]).toEqual(["0", "12,528", "0 %"]);
});

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1536, "1.5 KiB"],
  [65_536, "64 KiB"],
  [1_048_576, "1 MiB"],
])("%i bytes are %s", (bytes, text) => expect(shortBytes(bytes)).toBe(text));

test.each([
  [412, "412 µs"],
  [12_400, "12.4 ms"],
  [3_200_000, "3.2 s"],
  [250_000_000, "4 min 10 s"],
  [7_380_000_000, "2 h 3 min"],
])("%i µs are %s", (time, text) => expect(lengthText(time)).toBe(text));

test("a moment has as many digits as its neighbours need", () => {
  expect([timeText(529_232_000, 1), timeText(529_232_000), timeText(529_232_000, 5e6)]).toEqual([
    "529.232000 s",
    "529.232 s",
    "529 s",
  ]);
});

test("a heap is named in short", () => {
  expect(heapText("ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b", 3)).toBe("ta-5b9e0e40… #3");
  expect(heapText("core", 1)).toBe("core");
});
