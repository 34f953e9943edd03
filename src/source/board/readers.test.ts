// Tests of what boards print, cut at every offset and damaged: an answer is the whole one, or none.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { captured } from "../../../test/support/fake_board.ts";
import { readFacts } from "./board_facts.ts";
import { createBoardClock, uptimeIn } from "./shell/uptime.ts";
import { readXtest } from "./xtest_command.ts";

const ALLOC = readFileSync(captured("4.10.0", "05-stats-alloc.out"), "utf8");
const PLAIN = `651.32 1204.11\n${ALLOC}`;
const TWICE = `651.32 1204.11\n${ALLOC}@again\n${ALLOC}`;
const FACTS = [
  "@system Linux 6.1.0-50-arm64 aarch64",
  "@user 0",
  "651.32 1204.11",
  "@tee open",
  "@kernel [    2.505683] optee: revision 4.10 (d16b2b9d)",
  "@kernel [    2.537539] optee: initialized driver",
  "@xtest /usr/bin/xtest",
  "@supplicant State:\tS (sleeping)",
  "@full /var/lib/tee",
  "@client xtest",
  "@end",
  "",
].join("\n");

function alloc(out: string, mixed: boolean, code = 0): unknown {
  const read = readXtest("alloc", { code, out, err: "" }, mixed);
  return read.ok && read.value.printed.ok ? read.value.printed.value : "none";
}

describe.each([
  [false, PLAIN],
  [true, TWICE],
])("an answer of xtest, on a console (%s)", (mixed, text) => {
  const whole = alloc(text, mixed);

  it("is whole", () => expect(whole).toMatchObject([{ name: "Heap", size: 203072 }, {}, {}, {}, {}]));

  it("cut at any place is none, but for its last newline", () => {
    for (let at = 0; at < text.length - 1; at++) {
      const read = alloc(text.slice(0, at), mixed);
      // A pool that is gone altogether shows in their number, as the source knows it.
      const pools = Array.isArray(read) ? read.length : 0;
      if (pools === 5) expect(read, `cut at ${at}`).toEqual(whole);
      else expect(pools === 0 || (!mixed && pools === 4), `cut at ${at}`).toBe(true);
    }
  });

  it("any bytes are an answer or none, and never an exception", () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string(), (at, lost, more) => {
        const damaged = text.slice(0, at) + more + text.slice(at + lost);
        const read = alloc(damaged, mixed);
        if (mixed && read !== "none") expect(read).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what a board is", () => {
  it("is read line by line, whatever stands between them", () => {
    const facts = readFacts(FACTS.replaceAll("\n", "\r\n[  9.1] usb 1-1: new device\r\n"));
    expect(facts).toEqual({
      system: "Linux 6.1.0-50-arm64 aarch64",
      user: "0",
      uptime: 651_320,
      tee: "open",
      kernel: ["[    2.505683] optee: revision 4.10 (d16b2b9d)", "[    2.537539] optee: initialized driver"],
      version: "4.10",
      xtest: "/usr/bin/xtest",
      ownXtest: "",
      supplicant: "runs",
      full: ["/var/lib/tee"],
      clients: ["xtest"],
    });
  });

  it("cut anywhere it is nothing", () => {
    for (let at = 0; at < FACTS.length - 1; at++) expect(readFacts(FACTS.slice(0, at)), `${at}`).toBeUndefined();
  });

  it.each([
    ["State:\tT (stopped)", "stopped"],
    ["State:\tZ (zombie)", "missing"],
    ["none", "missing"],
    ["", undefined],
  ])("tee-supplicant: %j", (state, expected) => {
    expect(readFacts(FACTS.replace("State:\tS (sleeping)", state))?.supplicant).toBe(expected);
  });
});

describe("the clock of a board", () => {
  it("is a line of /proc/uptime and nothing else", () => {
    expect(uptimeIn("noise 1.00 2.00\n651.32 1204.11\r\n")).toBe(651_320);
    for (const text of ["651.3 1204.11", "1651.32", "", "a651.32 1204.11", "651.32 1204.111"])
      expect(uptimeIn(text), text).toBeUndefined();
  });

  it("is narrowed down by each question, and begins anew behind a reboot", () => {
    const clock = createBoardClock();
    expect(clock.take(1000, 5000, 5400)).toBe(true);
    expect(clock.at(1000)).toBe(5195);
    expect(clock.take(2000, 6100, 6110)).toBe(true);
    expect([clock.at(1000), clock.at(2000)]).toEqual([5100, 6100]);
    expect(clock.take(500, 9000, 9020)).toBe(false);
    expect(clock.at(500)).toBe(9005);
  });
});
