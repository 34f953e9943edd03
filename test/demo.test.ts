// Runs `teemem demo`, and stats, from the built package.
import { describe, expect, it } from "vitest";
import { runBin } from "./cli.ts";

describe("teemem demo", () => {
  const { stdout, stderr, code } = runBin("teemem", ["demo"]);
  const text = stdout.replace(/\s+/g, " ");

  it("ends well and fits into 80 columns", () => {
    expect([stderr, code]).toEqual(["", 0]);
    // Tabs of xtest's own text apart, whose width is the terminal's business.
    for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain("\x1b");
  });

  it("stops at the request that the real system refused", () => {
    expect(text).toContain("asked for 800 bytes");
    expect(text).toContain("12,528 of 68,640 bytes (18 %) were not in use");
    expect(text).toContain("42 pieces");
    expect(text).toContain("The largest free block had 400 bytes");
    expect(text).toContain("fragmented");
  });

  it("shows what the system says, who holds the heap, and how it lies", () => {
    expect(stdout).toContain("Pool:                Heap\n");
    expect(stdout).toContain("ta(fd02c9da-306c-48c7-a49cbbd827ae86ee)\n\tpanicked(0)");
    expect(stdout).toContain("session number(1)");
    expect(stdout).toMatch(/23,664 +29 .*core\/lib\/libtomcrypt\/ecb\.c:109/);
    expect(stdout).toMatch(/0x00000 .*█/);
  });

  it("found by replaying what would have helped", () => {
    expect(stdout).toMatch(/first fit +68,640 bytes +as built.*the 800 bytes fail/);
    expect(stdout).toMatch(/first fit +72,736 bytes.*passes/);
    expect(stdout).toMatch(/best fit +68,640 bytes.*passes/);
  });

  it("ends with three commands, and all of them work", () => {
    const commands = stdout
      .slice(stdout.indexOf("Try next"))
      .split("\n")
      .filter((line) => /^ {2}\S/.test(line))
      .map((line) => line.trim());
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      const match = /^((?:[A-Z_]+=\S+ )*)(teemem|xtest) (.*)$/.exec(command);
      expect(match, command).not.toBeNull();
      const env = Object.fromEntries(
        (match?.[1] ?? "")
          .split(" ")
          .filter(Boolean)
          .map((pair) => pair.split("=")),
      );
      const ran = runBin(match?.[2] as "teemem" | "xtest", (match?.[3] ?? "").split(" "), { env });
      expect([command, ran.code, ran.stderr]).toEqual([command, 0, ""]);
      expect(ran.stdout).not.toBe("");
    }
  });
});

describe("teemem stats", () => {
  it("draws pools with their numbers", () => {
    const { stdout, code } = runBin("teemem", ["stats", "--after", "pkcs11-1015"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Heap +20,880 +56,112 +68,640/);
    expect(stdout).toContain("fd02c9da-306c-48c7-a49c-bbd827ae86ee  0 sessions");
  });

  it("gives the records as JSON", () => {
    const { stdout } = runBin("teemem", ["stats", "--json", "--optee", "4.6.0"]);
    const { release, pools, tas } = JSON.parse(stdout);
    expect([release, tas]).toEqual(["4.6.0", []]);
    expect(pools[0]).toMatchObject({ name: "Heap", allocated: 16960, size: 199296 });
    expect(pools[0].free2Sum).toBeGreaterThan(0);
  });

  it("tells a full heap from a missing build option, with and without the recorded run", () => {
    const small = ["--cfg", "CFG_CORE_HEAP_SIZE=2048"];
    for (const args of [small, ["--after", "boot", ...small], ["--after", "pkcs11-1015", ...small]]) {
      const ran = runBin("teemem", ["stats", ...args]);
      expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("does not fit") });
    }
  });

  it("says why a system does not answer", () => {
    const ran = runBin("teemem", ["stats", "--cfg", "CFG_WITH_STATS=n"]);
    expect(ran).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("CFG_WITH_STATS=y") });
  });

  it.each([["--after", "nowhere"], ["--cfg", "CFG_TA_STATS=maybe"], ["--optee", "2"], ["--nosuch"]])(
    "%s %s is wrong usage, in one line",
    (...args) => {
      const { stdout, stderr, code } = runBin("teemem", ["stats", ...args]);
      expect([stdout, code]).toEqual(["", 2]);
      expect(stderr.trimEnd()).not.toContain("\n");
    },
  );
});
