// Makes the files of a platform of a recording of its boot, and of a TA that came and went.
import { err, ok, type Result } from "../../base/result.ts";
import { parsePlatform } from "../../platform/parse_platform.ts";
import type { Platform } from "../../platform/platform.ts";
import { parseSwitches, UPSTREAM_SWITCHES } from "../../platform/switches.ts";
import type { Captured, CapturedEvent } from "./captured_events.ts";
import { findLoad } from "./captured_load.ts";
import { type CapturedBuild, manifestText } from "./captured_manifest.ts";
import { seriesRows } from "./captured_series.ts";
import { siteRows } from "./captured_sites.ts";

/** What the recording does not say. */
interface CaptureOptions extends Omit<CapturedBuild, "heapBase" | "heapSlack" | "hasTas"> {
  /** Microseconds since QEMU began: what happened until then is the boot. Not given: all before the first TA is loaded. */
  readonly bootUntil: number | null;
}

/** Files of the platform, by name. The error says what the recording lacks. */
export function platformOf(
  { core, tas }: Captured,
  like: Platform,
  options: CaptureOptions,
  loader: string,
): Result<ReadonlyMap<string, string>> {
  const parts = like.load.steps.flatMap(({ part }) => part ?? []);
  const found = findLoad(core, parts);
  if (!found.ok) return found;
  const switches = parseSwitches(options.switches, UPSTREAM_SWITCHES);
  if (!switches.ok) return switches;
  const pool = core[0] as CapturedEvent;
  const heapSlack = pool.size - switches.value.CFG_CORE_HEAP_SIZE;
  if (heapSlack < 0)
    return err(
      `the first pool has ${pool.size} bytes: fewer than CFG_CORE_HEAP_SIZE=${switches.value.CFG_CORE_HEAP_SIZE}`,
    );
  const numbers = new Map();
  const { load, unload, partOf } = found.value;
  const text = (head: string, rows: string): string => `# ${head}\nword 8\n${rows}`;
  const files = new Map([
    ["platform.json", manifestText({ ...options, heapBase: pool.pointer, heapSlack, hasTas: tas.length > 0 }, like)],
    [
      "boot.txt",
      text(
        "The core heap from its first pool on, until the normal world is up.",
        seriesRows(bootOf(core, options.bootUntil), new Map()),
      ),
    ],
    ["load.txt", text("The core heap while a TA is loaded.", seriesRows(load, numbers, partOf))],
    [
      "unload.txt",
      text(
        "The core heap when its last session closes. The numbers are those of load.txt.",
        seriesRows(unload, numbers),
      ),
    ],
    ["loader.txt", loader],
    [
      "core_sites.txt",
      text(`Blocks of the core heap, as the recording has them; else as ${like.name}.`, siteRows(like, "core", core)),
    ],
    [
      "ta_sites.txt",
      text(
        `What the library of a TA allocates on its heap, as the recording has it; else as ${like.name}.`,
        siteRows(like, "ta", tas),
      ),
    ],
  ]);
  const read = parsePlatform(files);
  return read.ok ? ok(files) : err(`what was captured makes no platform: ${read.error}`);
}

function bootOf(core: readonly CapturedEvent[], until: number | null): CapturedEvent[] {
  const first = core.findIndex(({ func }) => func === "tee_ta_init_user_ta_session");
  const end = until === null ? first : core.findIndex(({ time }) => time > until);
  return core.slice(0, end < 0 ? core.length : end);
}
