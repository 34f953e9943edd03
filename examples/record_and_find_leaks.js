// @ts-check
// Records what a client makes a TA do, reads the recording back, and says which call site never frees.
import { TEE } from "teemem/abi";
import { leakGrowth, snapshotsOfTrace } from "teemem/analyze";
import { defaultPlatform } from "teemem/platform";
import { createEventRecorder, createRecordingWriter, readArrow } from "teemem/recording";
import { boot, createClient, params, tapEvents } from "teemem/tee";

/** @type {import("teemem/tee").TrustedApp} */
const counter = {
  uuid: "3c5a7d10-94c2-4f1e-8f43-2b1f6a0f77aa",
  name: "counter",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: { textPages: 41, dataPages: 12, stackPages: 1, heapBase: 0x400466d0, heapLength: 32768 },
  // Nobody frees this block.
  invoke: (tee) => (tee.malloc(24, 0, "ta/counter.c:21") === 0 ? TEE.OUT_OF_MEMORY : TEE.SUCCESS),
};
const platform = defaultPlatform();
const core = boot({ platform }, { console() {}, now: Date.now, apps: [counter] });
if (!core.ok) throw new Error(core.error);
/** @type {Uint8Array[]} */
const parts = [];
const writer = await createRecordingWriter({ origin: "mine", version: "4.0.0" }, (bytes) => parts.push(bytes));
let clock = 0;
const stop = tapEvents(core.value, createEventRecorder(writer, () => clock++).feed);
const client = createClient(core.value);
const { session } = await client.open(counter.uuid);
for (let call = 0; call < 8; call++) await client.invoke(session, 0, params());
await client.end();
stop();
writer.end();
const read = await readArrow(Buffer.concat(parts));
if (!read.ok) throw new Error(read.error);
for (const [index, trace] of read.value.traces.entries()) {
  console.log(`${trace.context}: ${trace.length} operations`);
  const calls = read.value.entries.filter((entry) => entry.trace === index && entry.name === "invoke 0");
  const moments = calls.map(({ name, to }) => ({ name, row: to }));
  for (const { site, trend, leaks } of leakGrowth(snapshotsOfTrace(trace, moments)))
    console.log(`  ${leaks ? "leak" : "growth"} at ${site}: ${trend.slope} bytes a call`);
}
