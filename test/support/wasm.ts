// TAs of WebAssembly for tests.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createClient } from "../../src/tee/kernel/client.ts";
import type { Host } from "../../src/tee/kernel/core.ts";
import { type Params, params } from "../../src/tee/kernel/params.ts";
import type { WasmOptions } from "../../src/wasm/engine/options.ts";
import { readTaModule } from "../../src/wasm/module/read_module.ts";
import type { TaModule } from "../../src/wasm/module/ta_module.ts";
import { wasmApp } from "../../src/wasm/wasm_app.ts";
import { bootTest } from "../embedded.ts";

/** The bytes of a file of test/fixtures/wasm. */
export function fixtureBytes(name: string): Uint8Array {
  const file = new URL(`../fixtures/wasm/${name}.wasm.gz`, import.meta.url);
  return new Uint8Array(gunzipSync(readFileSync(file)));
}

/** A module of test/fixtures/wasm. */
export function fixtureModule(name: string): TaModule {
  const module = readTaModule(fixtureBytes(name), name);
  if (!module.ok) throw new Error(module.error);
  return module.value;
}

/** A system with a TA, and a session with it. */
export async function openWasm(module: TaModule, options: WasmOptions = {}, cfg = "", host: Partial<Host> = {}) {
  const { core, lines } = bootTest(cfg, undefined, [wasmApp(module, options)], host);
  const client = createClient(core);
  const { session, code } = await client.open(module.uuid);
  const invoke = async (command: number, given: Params = params()): Promise<number> =>
    (await client.invoke(session, command, given)).code;
  return { core, lines, client, session, code, invoke };
}
