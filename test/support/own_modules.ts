// The modules of test/fixtures/wasm that have the project's own library.
import { fixtureModule } from "./wasm.ts";

/** Of each TA the modules that this engine takes: those with 64 bits need Node.js 24. */
export function runnable(...names: readonly string[]): readonly string[] {
  const modules = names.flatMap((name) => [`${name}.wasm32`, `${name}.wasm64`]);
  return modules.filter((name) => {
    try {
      return fixtureModule(name).uuid !== "";
    } catch {
      return false;
    }
  });
}
