// Tests of live_lines.ts.
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { own, shown } from "../../base/printable.ts";
import { liveLines } from "./live_lines.ts";
import { createOutput } from "./output.ts";

test("what nobody reads is left out, counted, and nothing else is", async () => {
  const stream = new PassThrough();
  const print = liveLines(createOutput(stream));
  const text = own("x").repeat(89);
  // 100 bytes a line: number, blank, text, newline.
  for (let n = 0; n < 50_000; n++) {
    print(shown`${String(n).padStart(9, "0") as never} ${text}`);
    expect(stream.writableLength + stream.readableLength).toBeLessThan(2 ** 20 + 65_536 + 200);
  }
  const read: string[] = [];
  stream.on("data", (chunk) => read.push(String(chunk)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  print(own("the next one"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const lines = read.join("").split("\n");
  expect(lines.at(-1)).toBe("");
  const [said = "", next] = lines.slice(-3);
  expect(next).toBe("the next one");
  const count = Number(
    /^\((\d[\d,]*) lines left out here, because nothing read them\)$/.exec(said)?.[1]?.replaceAll(",", ""),
  );
  const whole = lines.slice(0, -3);
  expect(whole.map((line) => Number(line.split(" ")[0]))).toEqual(whole.map((_, n) => n));
  expect(whole.length + count).toBe(50_000);
  expect(whole.length).toBeGreaterThan(2 ** 20 / 100 - 1);
});
