// Loads the recorded run that ships with the package.
import { readdir, readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { assert } from "../../base/assert.ts";
import type { Result } from "../../base/result.ts";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import type { RecordedRun } from "../../source/sim/recorded_system.ts";
import { parseTaRam } from "../../source/sim/ta_ram_trace.ts";
import { packagePath } from "../package/package_path.ts";

/** The recorded run of OP-TEE 4.0.0 that comes with the package: core heap, TA heaps and TA memory. */
export async function loadReference(): Promise<RecordedRun> {
  const names = await readdir(packagePath("data/optee-4.0.0"));
  const tas = names.filter((name) => name.startsWith("ta-") && name.endsWith(".trace.gz"));
  return {
    core: await loadTrace("core.trace.gz"),
    tas: await Promise.all(tas.map(loadTrace)),
    taRam: own(parseTaRam((await unpack("ta-ram.tsv.gz")).toString())),
  };
}

async function loadTrace(name: string): Promise<RecordedTrace> {
  return own(parseRecordedTrace(await unpack(name)));
}

async function unpack(name: string): Promise<Buffer> {
  return gunzipSync(await readFile(packagePath(`data/optee-4.0.0/${name}`)));
}

/** Data that comes with the package is right, or the package is broken. */
function own<T>(result: Result<T>): T {
  assert(result.ok, "the data of the package can be read");
  return result.value;
}
