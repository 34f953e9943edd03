// A TA whose code can leave and enter all of its functions: how it waits in an engine without JavaScript Promise Integration.
import { err, ok, type Result } from "../../base/result.ts";
import { compileModule } from "./compile.ts";
import type { TaModule } from "./ta_module.ts";

/** Makes such a module of another: binaryen's Asyncify. `waits` are the imports that may wait, as `module.name`. */
export type Asyncify = (bytes: Uint8Array, waits: readonly string[]) => Promise<Result<AsyncifiedModule>>;

interface AsyncifiedModule {
  readonly bytes: Uint8Array;
  /** The offset in the module that was given of an offset in this one. */
  original(offset: number): number;
}

/** The TA with such code. */
export async function unwoundModule(
  module: TaModule,
  waits: ReadonlySet<string>,
  asyncify: Asyncify,
): Promise<Result<TaModule>> {
  const names = module.imports.filter(({ name }) => waits.has(name)).map((one) => `${one.module}.${one.name}`);
  const made = await asyncify(module.run, names);
  if (!made.ok) return made;
  const { bytes, original } = made.value;
  const compiled = compileModule(bytes);
  if (!compiled.ok) return err(compiled.error);
  return ok({
    ...module,
    module: compiled.value,
    run: bytes,
    unwinds: true,
    original: (offset) => module.original(original(offset)),
  });
}
