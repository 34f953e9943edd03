// Plugins of tee-supplicant, which run in this process: shared objects with a table named plugin_method, loaded by koffi.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { TEE } from "../abi/errors.ts";
import { decodeUuid, UUID_BYTES } from "../abi/uuid.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { PluginReply, PluginService } from "../tee/kernel/host/plugin_service.ts";

type Koffi = typeof import("koffi");

interface Plugin {
  readonly uuid: string;
  readonly library: object;
  invoke(command: number, subCommand: number, data: Uint8Array): Promise<PluginReply>;
}

/** struct plugin_method of optee_client 4.0.0 libteec/include/tee_plugin_method.h. */
interface Method {
  readonly name: string | null;
  readonly uuid: readonly number[];
  readonly init: unknown;
  readonly invoke: unknown;
}

/** Loads the plugins of a folder, `.plugin` and `.so`, and lets each begin; of several with one UUID the last one counts, as on a board. */
export async function loadPlugins(folder: string): Promise<Result<PluginService>> {
  let koffi: Koffi;
  try {
    koffi = await import("koffi");
  } catch {
    return err("plugins need the package koffi, which is not here: run 'npm install koffi' where teemem is installed");
  }
  const plugins = new Map<string, Plugin>();
  try {
    for (const file of readdirSync(folder)
      .filter((name) => /\.(plugin|so)$/.test(name))
      .sort()) {
      const loaded = loadPlugin(koffi, resolve(join(folder, file)));
      if (!loaded.ok) return loaded;
      plugins.set(loaded.value.uuid, loaded.value);
    }
  } catch (error) {
    return err(`cannot read the plugins of ${folder}: ${(error as Error).message}`);
  }
  return ok({
    invoke: async (uuid, command, subCommand, data) =>
      (await plugins.get(uuid)?.invoke(command, subCommand, data)) ?? null,
  });
}

function loadPlugin(koffi: Koffi, path: string): Result<Plugin> {
  const start = koffi.proto("uint32_t ()");
  const call = koffi.proto("uint32_t (uint32_t, uint32_t, void *, size_t, void *)");
  const struct = koffi.struct({
    name: "str",
    uuid: koffi.array("uint8_t", UUID_BYTES),
    init: "void *",
    invoke: "void *",
  });
  let method: Method;
  let library: ReturnType<Koffi["load"]>;
  try {
    library = koffi.load(path);
    method = koffi.decode(library.symbol("plugin_method"), struct) as Method;
  } catch (error) {
    return err(`${path} is no plugin of tee-supplicant for this machine: ${(error as Error).message}`);
  }
  if (method.name === null || method.invoke === null) return err(`${path}: plugin_method has no name, or no invoke`);
  const code = method.init === null ? TEE.SUCCESS : Number(koffi.call(method.init, start));
  if (code !== TEE.SUCCESS) return err(`${path}: the plugin's init failed with 0x${code.toString(16)}`);
  const invoke = koffi.decode(method.invoke, call) as { async(...args: unknown[]): void };
  return ok({
    uuid: decodeUuid(Uint8Array.from(method.uuid)),
    // A library that nobody holds is unloaded.
    library,
    invoke: (command, subCommand, data) => calledWith(koffi, invoke, command, subCommand, data),
  });
}

/** Calls a plugin in a thread of koffi's, with memory that stays where it is. */
async function calledWith(
  koffi: Koffi,
  invoke: { async(...args: unknown[]): void },
  command: number,
  subCommand: number,
  data: Uint8Array,
): Promise<PluginReply> {
  const word = koffi.sizeof("size_t");
  // The size that it writes comes first, so that the memory is never empty.
  const memory: unknown = koffi.alloc("uint8_t", word + data.length);
  try {
    const bytes = new Uint8Array(koffi.view(memory, word + data.length)).fill(0);
    bytes.set(data, word);
    const at = koffi.address(memory) + BigInt(word);
    const code = await new Promise<number>((done, failed) =>
      invoke.async(
        command,
        subCommand,
        data.length === 0 ? null : at,
        data.length,
        memory,
        (error: unknown, value: number) => (error === null ? done(value) : failed(error)),
      ),
    );
    data.set(bytes.subarray(word));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return { code, size: word === 8 ? Number(view.getBigUint64(0, true)) : view.getUint32(0, true) };
  } finally {
    koffi.free(memory);
  }
}
