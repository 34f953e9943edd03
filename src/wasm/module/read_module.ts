// Reads a TA from the bytes of a WebAssembly file, without running any of it.
import { err, ok, type Result } from "../../base/result.ts";
import { readBuildNote } from "./build_note.ts";
import { readTaHead } from "./head.ts";
import { readImage } from "./image.ts";
import { readProperties } from "./properties.ts";
import { readModuleSections } from "./sections.ts";
import type { TaModule } from "./ta_module.ts";
import { readImports } from "./types.ts";

/**
 * The TA in a file. `name` is the file's, without folder and ending: what the TA is called. An error for a file that is no
 * module, no TA, or that this engine refuses.
 */
export function readTaModule(bytes: Uint8Array, name: string): Result<TaModule> {
  const sections = readModuleSections(bytes);
  if (!sections.ok) return err(`${name}: ${sections.error}`);
  const image = readImage(bytes, sections.value);
  const head = readTaHead(image, sections.value);
  if (!head.ok) return err(`${name}: ${head.error}`);
  const build = readBuildNote(bytes, sections.value, name, image);
  try {
    const module = new WebAssembly.Module(bytes as BufferSource);
    const { word } = image;
    const imports = readImports(bytes, sections.value);
    return ok({ bytes, module, build, word, name, ...head.value, properties: readProperties(image), imports });
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return err(`${name}: ${error.message}`);
    throw error;
  }
}
