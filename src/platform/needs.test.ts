// Tests of needs.ts.
import { expect, it } from "vitest";
import { SMALL_CALLS, smallPlatform } from "../../test/support/small_platform.ts";
import { blockBytes, callSite, gapsOf, lackOf, MissingData } from "./needs.ts";
import { parsePlatform } from "./parse_platform.ts";
import type { Platform } from "./platform.ts";
import { bundledPlatform, DEFAULT_PLATFORM } from "./platforms.ts";

/** The rows of a TA; the figures do not matter. */
const TA_ROWS = `word 4
ta.number_pool C 16 a.c:1 inferred
ta.tls C 32 a.c:1 inferred
ta.tls F - a.c:2 inferred
ta.initializers M 40 a.c:1 inferred
ta.initializers F - a.c:2 inferred
ta.session M 16 a.c:1 inferred
ta.session F - a.c:2 inferred
ta.operation C 64 a.c:1 inferred
ta.operation F - a.c:2 inferred
ta.operation_buffer M n a.c:1 inferred
ta.operation_buffer F - a.c:2 inferred
`;

function small(changes: Readonly<Record<string, string>> = {}): Platform {
  const platform = parsePlatform(smallPlatform(changes));
  if (!platform.ok) throw new Error(platform.error);
  return platform.value;
}

it("a call site has a size of its own, or a sentence says why not", () => {
  const platform = small({ "core_sites.txt": SMALL_CALLS });
  expect(blockBytes(callSite(platform, "call.session"))).toBe(112);
  expect(blockBytes(callSite(platform, "call.shared_memory"), 3)).toBe(52);
  const none = small();
  expect(() => callSite(none, "call.session")).toThrow(MissingData);
  expect(() => callSite(none, "call.session")).toThrow(
    "platform small-32 has no size for the block of a session (call.session): nothing but the boot was captured",
  );
});

it("what needs something as a whole is told of the first thing that is missing", () => {
  expect(lackOf(small({ "core_sites.txt": SMALL_CALLS }), "call")).toBeNull();
  expect(lackOf(small(), "call")).toContain("(call.mapping)");
  expect(lackOf(small(), "storage")).toContain("(storage.object)");
  expect(lackOf(small(), "application")).toContain("(ta.number_pool): no application was loaded");
  const loads = small({ "ta_sites.txt": TA_ROWS });
  expect(lackOf(loads, "application")).toBe(
    "platform small-32 has no data for loading an application: no application was loaded",
  );
});

it("every gap is told", () => {
  const gaps = gapsOf(small());
  expect(gaps[0]).toBe("platform small-32 has only a part of its boot: the trace ends here");
  expect(gaps.length).toBe(4 + small().missing.size);
  const real = bundledPlatform(DEFAULT_PLATFORM);
  expect(real && gapsOf(real)).toEqual([]);
});
