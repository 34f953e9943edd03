// Tests of switches.ts.
import { describe, expect, it } from "vitest";
import { parseSwitches, UPSTREAM_SWITCHES } from "./switches.ts";

describe("parseSwitches", () => {
  it("changes what is named and leaves the rest", () => {
    const switches = parseSwitches("CFG_WITH_STATS=y, CFG_CORE_HEAP_SIZE=0x20000", UPSTREAM_SWITCHES);
    expect(switches).toEqual({
      ok: true,
      value: { ...UPSTREAM_SWITCHES, CFG_WITH_STATS: true, CFG_CORE_HEAP_SIZE: 0x20000 },
    });
  });

  it.each([
    ["CFG_NOSUCH=y", /unknown switch 'CFG_NOSUCH'.*CFG_TA_STATS/],
    ["CFG_TA_STATS=yes", /takes y or n/],
    ["CFG_TA_STATS", /takes y or n/],
    ["CFG_CORE_HEAP_SIZE=big", /takes a number/],
    ["__proto__=y", /unknown switch/],
  ])("says what is wrong with %s", (text, message) => {
    expect(parseSwitches(text, UPSTREAM_SWITCHES)).toMatchObject({ ok: false, error: expect.stringMatching(message) });
  });
});
