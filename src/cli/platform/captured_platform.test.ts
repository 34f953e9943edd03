// Tests of captured platforms: what of data/platforms/virt_v8-4.10.0-all the short recording in test/fixtures/platform_capture makes.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";

const FIXTURES = new URL("../../../test/fixtures/platform_capture/", import.meta.url).pathname;
const SHIPPED = new URL("../../../data/platforms/virt_v8-4.10.0-all/", import.meta.url).pathname;
const EVENTS = join(FIXTURES, "4.10.0-all.events.gz");
const CFG =
  "CFG_WITH_STATS=y CFG_TA_STATS=y CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_TA_MALLOC_DEBUG=y CFG_CORE_HEAP_SIZE=196608";
const { build } = JSON.parse(readFileSync(join(SHIPPED, "platform.json"), "utf8"));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-platform-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function capture(events: string, ...options: readonly string[]) {
  const words = ["--name", "virt_v8-4.10.0-all", "--optee", "4.10.0", "--cfg", CFG, "--build", build];
  return runHere("platform", "capture", events, "-o", join(folder, "made"), ...words, ...options);
}

/** The words of each row of a table. */
function rowsOf(table: string): string[][] {
  return table
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.trim().split(/ {2,}| (?=[CFMARW] )/));
}

/** The recording with a change. */
function changed(change: (text: string) => string): string {
  const file = join(folder, "changed.events");
  writeFileSync(file, change(gunzipSync(readFileSync(EVENTS)).toString()));
  return file;
}

describe("teemem platform capture", () => {
  it("makes the platform that is shipped, but for call sites that a longer recording measured", async () => {
    const alloc = join(FIXTURES, "4.10.0-all-alloc.txt");
    const { out, outcome } = await capture(EVENTS, "--boot-until", "13", "--alloc", alloc);
    expect(outcome).toEqual({ ok: true, value: 0 });
    expect(out).toContain("188 operations of the boot, 244 of a load, 42 of an unload; 134 of 234 call sites measured");
    const made = join(folder, "made");
    expect(readdirSync(made)).toEqual(readdirSync(SHIPPED));
    const text = (of: string, name: string) => readFileSync(join(of, name), "utf8");
    // The README counts rows; a test of all platforms holds it against the data.
    const same = readdirSync(made).filter((name) => name !== "README.md" && name !== "core_sites.txt");
    expect(same.length).toBeGreaterThan(2);
    for (const name of same) expect([name, text(made, name)]).toEqual([name, text(SHIPPED, name)]);
    const [ours, shipped] = [made, SHIPPED].map((of) => rowsOf(text(of, "core_sites.txt")));
    expect(ours?.length).toBe(shipped?.length);
    for (const [n, row] of (ours ?? []).entries()) {
      const other = shipped?.[n] ?? [];
      expect(other.slice(0, 2)).toEqual(row.slice(0, 2));
      if (row[3] === "measured" || other[3] !== "measured") expect(other).toEqual(row);
    }
  });

  it("takes all before the first TA as the boot, unless it is told when that ended", async () => {
    const { out } = await capture(EVENTS);
    expect(Number(/: (\d+) operations/.exec(out)?.[1])).toBeGreaterThan(188);
  });

  it.each([
    [
      "a recording without call sites",
      (text: string) => text.replace("# sizes requests", "# sizes blocks"),
      "it has no call sites",
    ],
    ["another text", () => "Pool: Heap\n", "not the output of teemem's QEMU plugin"],
    ["a damaged line", (text: string) => text.replace("core\t1", "core\tx"), "'x' is no number"],
    [
      "a recording that began late",
      (text: string) => text.replace(/^core\t1\t\d+\tP.*\n/m, ""),
      "record from the start",
    ],
    [
      "a boot alone",
      (text: string) => text.replaceAll("tee_ta_init_user_ta_session", "other"),
      "no TA was loaded and unloaded alone",
    ],
    [
      "a TA with other parts",
      (text: string) => text.replaceAll("core/mm/fobj.c", "core/mm/other.c"),
      "run one without libraries last",
    ],
  ])("%s is refused", async (_what, change, message) => {
    const { outcome } = await capture(changed(change));
    expect(outcome).toEqual({ ok: false, error: expect.stringContaining(message) });
    expect(readdirSync(folder)).toEqual(["changed.events"]);
  });

  it.each([
    [["--cfg", "CFG_CORE_HEAP_SIZE=262144"], "the first pool has 198864 bytes: fewer than CFG_CORE_HEAP_SIZE=262144"],
    [["--boot-until", "soon"], "--boot-until takes seconds"],
    [["--alloc", EVENTS], "no output of 'xtest --stats --alloc'"],
    [["--optee", "3.1"], "OP-TEE 3.1 is older than 4.0"],
  ])("%j is wrong", async (options, message) => {
    const { outcome } = await capture(EVENTS, ...options);
    expect(outcome).toEqual({ ok: false, error: expect.stringContaining(message) });
  });
});
