// Tests of telnet.ts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { createTelnet } from "./telnet.ts";

/** What QEMU's telnet server begins with, a prompt with a byte of 255 in it, a subnegotiation. */
const STREAM = Uint8Array.from([
  ...[255, 251, 1, 255, 251, 3, 255, 251, 0, 255, 253, 0],
  ...Buffer.from("login: "),
  ...[255, 255, 255, 250, 44, 1, 255, 255, 7, 255, 240, 255, 241],
  ...Buffer.from("# "),
]);
const DATA = [...Buffer.from("login: "), 255, ...Buffer.from("# ")];
const REPLY = [255, 253, 1, 255, 253, 3, 255, 254, 0, 255, 252, 0];

it("gives the same however the stream is split", () => {
  for (let at = 0; at <= STREAM.length; at++) {
    const telnet = createTelnet();
    const parts = [telnet.take(STREAM.subarray(0, at)), telnet.take(STREAM.subarray(at))];
    expect(parts.flatMap(({ data }) => [...data])).toEqual(DATA);
    expect(parts.flatMap(({ reply }) => [...reply])).toEqual(REPLY);
    expect([...telnet.escaped(Uint8Array.of(1, 255))]).toEqual([1, 255, 255]);
  }
});

it("answers nothing twice, so that no two sides talk for ever", () => {
  const telnet = createTelnet();
  telnet.take(STREAM);
  expect(telnet.take(STREAM).reply).toEqual(new Uint8Array());
});

it("leaves what is no telnet as it is", () => {
  const telnet = createTelnet();
  const bytes = Uint8Array.from([1, 255, 2, 255, 3]);
  expect(telnet.take(bytes)).toEqual({ data: bytes, reply: new Uint8Array() });
  expect(telnet.escaped(bytes)).toEqual(bytes);
});

it("holds nothing back for ever", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 }), (chunks) => {
      const telnet = createTelnet();
      for (const chunk of chunks) telnet.take(chunk);
      const { data } = telnet.take(new Uint8Array(1000));
      expect(data.length).toBeGreaterThan(400);
    }),
  );
});
