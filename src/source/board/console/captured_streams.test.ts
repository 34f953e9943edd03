// Streams that real boards sent, split and cut at every offset, through the readers of shells.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { createInbox, takeMarked } from "../shell/inbox.ts";
import { awaitAnswer } from "./await_answer.ts";

const NEVER = new AbortController().signal;
const captured = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../../test/fixtures/boards/${name}.gz`, import.meta.url)));
/** A console with kernel lines in between, and marks of its own; an `ssh -tt` that sends statistics. */
const NOISE = captured("serial-noise.raw");
const STATISTICS = captured("ssh-tt-loop.raw");

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts.filter(({ length }) => length > 0);
}
const split = (bytes: Uint8Array, at: number): AsyncGenerator<Uint8Array> =>
  chunks(bytes.subarray(0, at), bytes.subarray(at));

/** What stands between the marks of the capture, and in their lines. */
async function marksOf(incoming: AsyncIterable<Uint8Array>): Promise<string[]> {
  const inbox = createInbox(incoming);
  const found: string[] = [];
  for (;;) {
    const marked = await takeMarked(inbox, "\n@@teem:81k", NEVER);
    if (marked === null) return found;
    found.push(`${Buffer.from(marked.before).toString("latin1")}|${marked.rest}`);
  }
}

it("marks are found wherever a chunk ends, and never in the echo of a command", async () => {
  const whole = await marksOf(chunks(NOISE));
  expect(whole.map((text) => text.split("|").at(-1))).toEqual(
    [...NOISE.toString("latin1").matchAll(/\n@@teem:81k(.*)\r\n/g)].map(([, rest]) => rest),
  );
  expect(whole.length).toBeGreaterThan(2);
  for (let at = 1; at < NOISE.length; at++) expect(await marksOf(split(NOISE, at)), `split at ${at}`).toEqual(whole);
});

/** The capture as a command's answer, the lines of the other one in between. */
function sent(): Buffer {
  const lines =
    Buffer.concat([STATISTICS.subarray(0, 300), Buffer.from("\n0")])
      .toString("base64")
      .match(/.{1,76}/g) ?? [];
  const sum = createHash("md5")
    .update(`${lines.join("\n")}\n`)
    .digest("hex");
  const others = NOISE.toString("latin1")
    .split("\r\n")
    .filter((line) => line.includes(" "));
  const mixed = lines.map((line, n) => `${line}\r\n${others[n % others.length]}\r\n`).join("");
  return Buffer.from(`${others[0]}\r\n@@teem:k:1:begin\r\n${mixed}\r\n@@teem:k:1:${sum}  -\r\n`, "latin1");
}

const answerOf = (incoming: AsyncIterable<Uint8Array>): ReturnType<typeof awaitAnswer> => {
  const nothing = async (): Promise<void> => {};
  const marks = { mark: "\n@@teem:k:1:", bye: "\n@@teem:k:0:bye" };
  return awaitAnswer({ inbox: createInbox(incoming), ...marks, request: nothing, again: nothing }, NEVER);
};

it("an answer between the lines of others is whole wherever a chunk ends, and none where it is cut", async () => {
  const bytes = sent();
  const whole = { code: 0, out: STATISTICS.subarray(0, 300) };
  for (let at = 0; at < bytes.length; at++) {
    expect(await answerOf(split(bytes, at)), `split at ${at}`).toEqual(whole);
    // Behind the checksum stands a line end, which may be missing its last letter.
    expect(await answerOf(chunks(bytes.subarray(0, at))), `cut at ${at}`).toBe("over");
  }
});
