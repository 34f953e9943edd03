// Properties as imports: OP-TEE 4.0.0 core/tee/tee_svc.c. A text has its zero byte with it.
import { TEE } from "../../abi/errors.ts";
import { encodeProperty } from "../../tee/svc/system/properties.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import type { UserMemory } from "./user_memory.ts";

export function propertySyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  /** Writes to a buffer whose size, 32 bits, is at `sizeAt`; nothing where either is NULL. */
  const give = (into: number, sizeAt: number, data: Uint8Array): number => {
    if (into === 0 || sizeAt === 0) return TEE.SUCCESS;
    const fits = memory.readWord(sizeAt) >= data.length;
    if (fits) memory.write(into, data);
    memory.writeWord(sizeAt, data.length);
    return fits ? TEE.SUCCESS : TEE.SHORT_BUFFER;
  };
  return {
    _utee_get_property(set, index, name, nameSize, value, valueSize, type) {
      const property = svc().getProperty(set, index);
      if (property === null) return TEE.ITEM_NOT_FOUND;
      if (type !== 0) memory.writeWord(type, property.type);
      const code = give(value, valueSize, encodeProperty(property));
      return code === TEE.SUCCESS ? give(name, nameSize, new TextEncoder().encode(`${property.name}\0`)) : code;
    },
    _utee_get_property_name_to_index(set, name, length, at) {
      if (svc().getProperty(set, 0) === null) return TEE.ITEM_NOT_FOUND;
      if (name === 0 || length === 0) return TEE.BAD_PARAMETERS;
      const [text = ""] = new TextDecoder("latin1").decode(memory.input(name, length - 1).slice()).split("\0");
      const { code, index } = svc().getPropertyNameToIndex(set, text);
      if (code === TEE.SUCCESS) memory.writeWord(at, index);
      return code;
    },
  };
}
