// Tests of answer.ts.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedAnswer } from "./answer.ts";

/** What the agent prints between its marks, and its checksum. */
function printed(out: Uint8Array, code: number, hex = false): { lines: string[]; sum: string } {
  const bytes = Buffer.concat([out, Buffer.from(`\n${code}`)]);
  const text = hex
    ? bytes.toString("hex").replace(/../g, " $&").replace(/.{48}/g, "$&\n")
    : bytes.toString("base64").replace(/.{76}/g, "$&\n");
  const lines = text.trimEnd().split("\n");
  return {
    lines,
    sum: createHash("md5")
      .update(`${lines.join("\n")}\n`)
      .digest("hex"),
  };
}

const KERNEL = "[ 2100.250000] usb 1-1: new high-speed USB device";

describe.each([false, true])("an answer, in hexadecimal: %s", (hex) => {
  it("is what was printed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(255), (out, code) => {
        const { lines, sum } = printed(out, code, hex);
        const answer = checkedAnswer(lines.join("\r\n"), sum);
        expect(answer && [answer.code, [...answer.out]]).toEqual([code, [...out]]);
      }),
    );
  });

  it("is whole with lines of the kernel between its own", () => {
    const { lines, sum } = printed(Buffer.from("Bytes allocated: 21504\n".repeat(9)), 0, hex);
    const text = lines.flatMap((line) => [line, KERNEL, "", "done"]).join("\r\n");
    // A word of four letters could be a part of it: then it is asked for again.
    expect(checkedAnswer(text, sum)).toBe(null);
    expect(checkedAnswer(text.replaceAll("done", "done."), sum)?.out.length).toBe(9 * 23);
  });

  it("is none, or what was printed, whatever happens to it", () => {
    const out = Buffer.from("Bytes allocated: 21504\n".repeat(5));
    const { lines, sum } = printed(out, 0, hex);
    const text = lines.join("\r\n");
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), fc.string({ maxLength: 12, unit: "binary" }), (at, count, put) => {
        const answer = checkedAnswer(`${text.slice(0, at)}${put}${text.slice(at + count)}`, sum);
        if (answer !== null) expect([answer.code, [...answer.out]]).toEqual([0, [...out]]);
      }),
      { numRuns: 500 },
    );
  });
});
