/**
 * TAs that were compiled from C to WebAssembly, for `teemem/tee`.
 *
 * ```ts
 * import { readTaModule, wasmApp } from "teemem/wasm";
 *
 * const module = readTaModule(new Uint8Array(8), "my_ta.wasm");
 * console.log(module.ok ? typeof wasmApp(module.value) : module.error);
 * ```
 *
 * @module teemem/wasm
 */
// Files of this project import what they need from its own file.
export type { CallEnv, HostCall, HostCalls } from "./calls/call_env.ts";
export type { SharedLibrary } from "./dynamic/shared_library.ts";
export type { CallTable, WasmOptions } from "./engine/options.ts";
export type { CMemory } from "./instance/memory.ts";
export type { BuildNote } from "./module/build_note.ts";
export type { TaProperty } from "./module/properties.ts";
export { readTaModule } from "./module/read_module.ts";
export type { TaModule } from "./module/ta_module.ts";
export type { Asyncify } from "./module/unwound.ts";
export { wasmApp } from "./wasm_app.ts";
