// Asyncify's modules are kept in a folder: the pass takes seconds, and a module is opened many times.
import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ok, type Result } from "../../base/result.ts";
import type { Asyncify } from "../../wasm/module/unwound.ts";
import { type PassOutput, runPass } from "./asyncify.ts";
import { readOffsetMap } from "./source_map.ts";

/** Takes what the folder has, else runs the pass and keeps what it makes. A folder that does not exist, or cannot be written, is no error. */
export function keptAsyncify(folder: string, pass: typeof runPass = runPass): Asyncify {
  return async (bytes, waits) => {
    const key = createHash("sha256").update(waits.join()).update("\0").update(bytes).digest("hex");
    const path = join(folder, `${key}.json`);
    const known = await read(path);
    const made: Result<PassOutput> = known === null ? await pass(bytes, waits) : ok(known);
    if (!made.ok) return made;
    if (known === null) await keep(path, made.value);
    return ok({ bytes: made.value.bytes, original: readOffsetMap(made.value.map) });
  };
}

async function read(path: string): Promise<PassOutput | null> {
  try {
    const { code, map } = JSON.parse(await readFile(path, "utf8")) as { code: string; map: string };
    return { bytes: new Uint8Array(Buffer.from(code, "base64")), map };
  } catch {
    return null;
  }
}

async function keep(path: string, { bytes, map }: PassOutput): Promise<void> {
  try {
    const whole = `${path}.${randomUUID()}`;
    await writeFile(whole, JSON.stringify({ code: Buffer.from(bytes).toString("base64"), map }));
    await rename(whole, path);
  } catch {
    // The next one runs the pass again.
  }
}
