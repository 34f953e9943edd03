// @ts-check
// Boots the bundled OP-TEE with another release and heap size, and asks its statistics: as xtest prints them, then as data.
import { poolAdvice } from "teemem/analyze";
import { defaultPlatform, parseSwitches } from "teemem/platform";
import { askAlloc } from "teemem/source";
import { boot, createClient } from "teemem/tee";
import { printAlloc } from "teemem/xtest";

const platform = defaultPlatform();
const switches = parseSwitches("CFG_CORE_HEAP_SIZE=49152", platform.switches);
if (!switches.ok) throw new Error(switches.error);
const options = { platform, version: "4.10.0", switches: switches.value };
const core = boot(options, { console() {}, now: Date.now });
if (!core.ok) throw new Error(core.error);

const client = createClient(core.value);
const reply = await askAlloc(client);
if (!reply.ok) throw new Error(`${reply.error.call}: 0x${reply.error.code.toString(16)}`);
const { pools, release } = reply.value;
process.stdout.write(printAlloc(pools, release));
for (const pool of pools) console.log(`${pool.name}: ${poolAdvice({ ...pool, knob: "" })}`);
await client.end();
