// Gives a module to the engine.
import { err, ok, type Result } from "../../base/result.ts";

/** An error where the engine refuses it. */
export function compileModule(bytes: Uint8Array): Result<WebAssembly.Module> {
  try {
    return ok(new WebAssembly.Module(bytes as BufferSource));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return err(error.message);
    throw error;
  }
}
