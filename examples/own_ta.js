// @ts-check
// A TA of one's own, and its heap around each command: which place holds what at the peak, and at the end.
import { TEE } from "teemem/abi";
import { defaultPlatform } from "teemem/platform";
import { boot, createClient, monitor, params, valueIn } from "teemem/tee";

/** @type {import("teemem/tee").TrustedApp} */
const notes = {
  uuid: "0d3f1c52-7f0e-4c57-9a3b-5d0c6b1f2e11",
  name: "notes",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: { textPages: 41, dataPages: 12, stackPages: 1, heapBase: 0x400466d0, heapLength: 32768 },
  // Keeps a note of `a` bytes; forgets to free the scratch buffer of long ones.
  invoke(tee, _session, _command, [param]) {
    if (param.type !== "value") return TEE.BAD_PARAMETERS;
    const scratch = tee.malloc(2 * param.value.a, 0, "ta/notes.c:31");
    const note = tee.malloc(param.value.a, 0, "ta/notes.c:33");
    if (scratch === 0 || note === 0) return TEE.OUT_OF_MEMORY;
    if (param.value.a < 1000) tee.free(scratch, "ta/notes.c:36");
    return TEE.SUCCESS;
  },
};

const platform = defaultPlatform();
const core = boot({ platform }, { console() {}, now: Date.now, apps: [notes] });
if (!core.ok) throw new Error(core.error);
const watched = monitor(core.value, { ta: "notes" });
const client = createClient(core.value);
const { session } = await client.open(notes.uuid);
for (const size of [100, 5000, 20000]) await client.invoke(session, 0, params(valueIn(size)));
await client.close(session);
for (const { entry, code, heap } of watched.records)
  console.log(
    entry.padEnd(8),
    `0x${code.toString(16)}`.padEnd(11),
    `peak ${heap.peak}`.padEnd(12),
    `growth ${heap.growth}`,
  );
for (const { site, bytes, blocks } of watched.ended[0]?.holders ?? [])
  console.log(`left: ${bytes} in ${blocks}  ${site}`);
