// Tests of releases.ts.
import { describe, expect, test } from "vitest";
import type { PoolOptions } from "./release.ts";
import { poolNamed, poolNames, RELEASES, releaseOf, releaseOfPools, releaseOfWireCode, wireCode } from "./releases.ts";

describe("the row of a version", () => {
  test.each([
    ["4.0.0", "4.0"],
    ["v4.1.0-rc1", "4.1"],
    ["4.3.0", "4.1"],
    ["4.4.0", "4.4"],
    ["4.5.0-2", "4.4"],
    ["4.5", "4.4"],
    ["4.6.0", "4.6"],
    ["4.7.0", "4.6"],
    ["4.8.0", "4.8"],
    ["4.9.0", "4.8"],
    ["4.10.0", "4.10"],
    ["5.0", "4.10"],
  ])("%s is that since %s", (version, since) => {
    const release = releaseOf(version);
    expect(release.ok && release.value.since).toBe(since);
  });

  test.each(["3.22.0", "", "four", "4", "4.", "4.12345"])("%j is refused", (version) => {
    expect(releaseOf(version).ok).toBe(false);
  });

  test("rows stand in the order of their versions", () => {
    expect(RELEASES.map(({ since }) => since)).toEqual(["4.0", "4.1", "4.4", "4.6", "4.8", "4.10"]);
  });
});

test("numbers on the wire, as docs/protocol.md has them", () => {
  expect(RELEASES.map(wireCode)).toEqual([0x400, 0x401, 0x404, 0x406, 0x406, 0x406]);
  for (const release of RELEASES) expect(releaseOfWireCode(wireCode(release))?.pools).toBe(release.pools);
  expect(releaseOfWireCode(0x402)).toBeUndefined();
});

describe("pool names", () => {
  function namesOf(version: string, options?: PoolOptions): readonly string[] {
    const release = releaseOf(version);
    return release.ok ? poolNames(release.value, options) : [];
  }

  test("as captured", () => {
    expect(namesOf("4.0.0")).toEqual(["Heap", "", "Secure DDR", ""]);
    expect(namesOf("4.3.0")).toEqual(["Heap", "", "Secure DDR", "", ""]);
    expect(namesOf("4.5.0")).toEqual(["Heap", "", "Physical TA memory", "", ""]);
    expect(namesOf("4.10.0")).toEqual([
      "Heap",
      "Public DDR (deprecated)",
      "Physical TA memory",
      "KHeap (disabled)",
      "RPMB secure storage (no data)",
    ]);
  });

  test("virtualization names the fourth, RPMB the fifth", () => {
    expect(namesOf("4.0.0", { nsVirtualization: true })).toEqual(["Heap", "", "Secure DDR", "KHeap"]);
    expect(namesOf("4.6.0", { nsVirtualization: true, rpmb: true }).slice(3)).toEqual(["KHeap", "RPMB secure storage"]);
    expect(namesOf("4.6.0", { nsVirtualization: false, rpmb: true }).slice(3)).toEqual([
      "KHeap (disabled)",
      "RPMB secure storage",
    ]);
  });

  test("they show the release; most names count where not all are known", () => {
    for (const release of RELEASES) expect(releaseOfPools(poolNames(release))?.pools).toBe(release.pools);
    expect(releaseOfPools(["Heap", "?", "Physical TA memory", "", ""])?.since).toBe("4.4");
    expect(releaseOfPools(["a", "b", "c", "d", "e"])?.since).toBe("4.1");
    expect(releaseOfPools(["Heap"])).toBeUndefined();
  });

  test("tell what each pool is for, and its option, whatever the release", () => {
    const told = (name: string) => [poolNamed(name)?.role, poolNamed(name)?.name, poolNamed(name)?.knob];
    expect(told("heap")).toEqual(["heap", "Heap", "CFG_CORE_HEAP_SIZE"]);
    expect(told(" HEAP ")).toEqual(["heap", "Heap", "CFG_CORE_HEAP_SIZE"]);
    for (const name of ["Secure DDR", "Physical TA memory", "TAHEAP"])
      expect(told(name)).toEqual(["ta-memory", name, "CFG_TZDRAM_SIZE"]);
    expect(told("KHeap")).toEqual(["nexus", "KHeap", "CFG_CORE_NEX_HEAP_SIZE"]);
    expect(told("KHeap (disabled)")).toEqual(["nexus", "KHeap (disabled)", ""]);
    for (const name of ["RPMB secure storage", "RPMB secure storage (no data)"])
      expect(told(name)).toEqual(["rpmb", name, ""]);
    for (const name of ["Public DDR", "Public DDR (deprecated)"]) expect(told(name)).toEqual(["public", name, ""]);
    expect(told("physical  ta\tMEMORY")[1]).toBe("Physical TA memory");
    for (const name of ["", "Heaps", "constructor"]) expect(poolNamed(name)).toBeUndefined();
  });
});
