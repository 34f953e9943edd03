// The parts of a TA: its module and the libraries that it has loaded. Tells the library of the TA of them, and finds symbols.
import { TEE } from "../../abi/errors.ts";
import type { AddressSpace } from "../../tee/kernel/address_space.ts";
import { elfInfoBytes, writeElfInfo } from "../instance/elf_info.ts";
import type { CMemory } from "../instance/memory.ts";
import type { Space } from "../instance/space.ts";
import { functionPlace } from "./function_table.ts";
import { type LinkedPart, type LinkTarget, linkLibrary, type PartAccess } from "./link_library.ts";
import type { SharedLibrary } from "./shared_library.ts";

/** The instance of a TA. */
interface PartsOf {
  readonly memory: CMemory;
  readonly space: Space;
  readonly exports: WebAssembly.Exports;
  readonly access: PartAccess;
  /** How many libraries have become parts of the module when it was linked. */
  readonly linked: number;
  readonly libraries: (uuid: string) => SharedLibrary | undefined;
  host(library: SharedLibrary): WebAssembly.ModuleImports;
}

/** The UUID that stands for all parts. */
const ALL = "00000000-0000-0000-0000-000000000000";

/** A TA without libraries. Its library calls the constructors of its module, as on a board. */
export function createParts(of: PartsOf): Pick<AddressSpace, "openLibrary" | "symbol"> {
  const { memory, space, exports } = of;
  const table = exports.__indirect_function_table as WebAssembly.Table;
  const parts: LinkedPart[] = [{ base: 0, exports }];
  const byUuid = new Map<string, LinkedPart>();
  let described = 0;
  const describe = (): void => {
    const info = exports.__elf_phdr_info;
    if (!(info instanceof WebAssembly.Global)) return;
    const [own, ...loaded] = parts.map(({ exports: { __wasm_call_ctors: one } }) => ({
      initializer: one === undefined ? null : functionPlace(table, one),
    }));
    // The module initializes the libraries that it was linked with.
    const infos = [...(own === undefined ? [] : [own]), ...Array(of.linked).fill({ initializer: null }), ...loaded];
    const at = space.take(elfInfoBytes(memory.word, infos.length));
    if (at === 0) return;
    writeElfInfo(memory, Number(info.value), at, infos);
    if (described !== 0) space.give(described);
    described = at;
  };
  const address: LinkTarget["address"] = (name, among) => {
    const part = among.find((one) => name in one.exports);
    const found = part?.exports[name];
    if (part === undefined || found === undefined) return 0;
    return found instanceof WebAssembly.Global ? part.base + Number(found.value) : functionPlace(table, found);
  };
  describe();
  return {
    openLibrary(uuid, room) {
      if (byUuid.has(uuid)) return { code: TEE.SUCCESS };
      const library = of.libraries(uuid);
      if (library === undefined) return { code: TEE.ITEM_NOT_FOUND, why: `there is no shared library ${uuid}` };
      if (library.word !== memory.word)
        return {
          code: TEE.BAD_FORMAT,
          why: `${library.name} has other pointers than the TA: build both for one target`,
        };
      const base = room(library.code) && room(Math.max(1, library.data)) ? space.take(library.data) : 0;
      if (base === 0) return { code: TEE.OUT_OF_MEMORY };
      const target = { table, access: of.access, word: memory.word, parts, host: of.host, address };
      const part = linkLibrary(library, base, target);
      if (!part.ok) {
        space.give(base);
        return { code: TEE.ITEM_NOT_FOUND, why: part.error };
      }
      parts.push(part.value);
      byUuid.set(uuid, part.value);
      describe();
      return { code: TEE.SUCCESS };
    },
    symbol(uuid, name) {
      const part = byUuid.get(uuid);
      const at = address(name, uuid === ALL ? parts : part === undefined ? [] : [part]);
      return { code: at === 0 ? TEE.ITEM_NOT_FOUND : TEE.SUCCESS, at };
    },
  };
}
