// Objects that hold keys: the calls.
import { TEE } from "../../abi/errors.ts";
import type { ObjectApi } from "../api/crypto_api.ts";
import { type CryptoEnv, objectOf, refuse } from "./env.ts";
import { ALL_USAGES, ATTR_PUBLIC_BIT, ATTR_VALUE_BIT, OPERATION_FLAG, USAGE } from "./ids.ts";
import { ATTRIBUTE, copyAttributes, empty, populate } from "./keys/fill.ts";
import { generate } from "./keys/generate.ts";
import { giveObject, takeObject } from "./keys/object_blocks.ts";
import { OBJECT_TYPES, sizeFits } from "./object_types.ts";
import { using } from "./scratch.ts";
import type { KeyObject } from "./state.ts";

export function objectApi(env: CryptoEnv): ObjectApi {
  const { core, state } = env;
  const emptyOne = (handle: number): KeyObject => {
    const object = objectOf(env, handle);
    return object.initialized ? refuse("the object has a key already", TEE.BAD_STATE) : object;
  };
  /** Nothing for 0. */
  const transientOne = (handle: number): KeyObject | null => {
    if (handle === 0) return null;
    const object = objectOf(env, handle);
    return object.persistent ? refuse("the object is persistent") : object;
  };
  const readable = (handle: number, id: number): KeyObject => {
    const object = objectOf(env, handle);
    if (!object.initialized) refuse("the object is empty");
    if ((id & ATTR_PUBLIC_BIT) === 0 && (object.usage & USAGE.EXTRACTABLE) === 0)
      refuse("the key must not leave the TEE", TEE.ACCESS_DENIED);
    return object;
  };
  return {
    allocateTransientObject(objectType, maxKeySize) {
      const type = OBJECT_TYPES.get(objectType);
      if (type === undefined || !sizeFits(type, maxKeySize)) return { code: TEE.NOT_SUPPORTED, handle: 0 };
      const object = takeObject(core.heap, type, maxKeySize);
      if (object === null) return { code: TEE.OUT_OF_MEMORY, handle: 0 };
      state.objects.set(object.handle, object);
      return { code: TEE.SUCCESS, handle: object.handle };
    },
    freeTransientObject(handle) {
      const object = transientOne(handle);
      if (object === null) return;
      empty(object);
      state.objects.delete(handle);
      giveObject(core.heap, object);
    },
    resetTransientObject(handle) {
      const object = transientOne(handle);
      if (object === null) return;
      empty(object);
      object.usage = ALL_USAGES;
    },
    populateTransientObject(handle, attributes) {
      const code = populate(core.heap, emptyOne(handle), attributes);
      return code === TEE.OUT_OF_MEMORY ? refuse("no room for a key", code) : code;
    },
    refAttribute: (id, data) =>
      (id & ATTR_VALUE_BIT) === 0 ? { kind: "ref", id, data } : refuse("the attribute holds values"),
    valueAttribute: (id, a, b = 0) =>
      (id & ATTR_VALUE_BIT) !== 0 ? { kind: "value", id, a, b } : refuse("the attribute holds bytes"),
    copyObjectAttributes(to, from) {
      const [target, source] = [emptyOne(to), objectOf(env, from)];
      if (!source.initialized || source.keySize > target.maxKeySize || !copyAttributes(core.heap, target, source))
        refuse("the objects do not match");
      return TEE.SUCCESS;
    },
    async generateKey(handle, keySize, attributes = []) {
      const object = emptyOne(handle);
      if (!sizeFits(object.type, keySize) || keySize > object.maxKeySize) refuse("the key does not fit the object");
      const size = ATTRIBUTE * attributes.length;
      const work = (): Promise<number> => generate(env, object, keySize, attributes);
      return using(core.heap, [["M", size, "core/tee/tee_svc_cryp.c", 2412, 2525, "W"]], work);
    },
    objectInfo(handle) {
      const { type, keySize, maxKeySize, usage, initialized } = objectOf(env, handle);
      return {
        objectType: type.id,
        keySize,
        maxKeySize,
        usage,
        dataSize: 0,
        dataPosition: 0,
        handleFlags: initialized ? OPERATION_FLAG.INITIALIZED : 0,
      };
    },
    restrictObjectUsage(handle, usage) {
      const object = objectOf(env, handle);
      object.usage = (object.usage & usage) >>> 0;
      return TEE.SUCCESS;
    },
    objectBufferAttribute(handle, id, into) {
      const data = readable(handle, id).refs.get(id);
      if (data === undefined) return { code: TEE.ITEM_NOT_FOUND, size: 0 };
      if (data.length > into.length) return { code: TEE.SHORT_BUFFER, size: data.length };
      into.set(data);
      return { code: TEE.SUCCESS, size: data.length };
    },
    objectValueAttribute(handle, id) {
      const value = readable(handle, id).values.get(id);
      return value ? { code: TEE.SUCCESS, a: value.a, b: value.b } : { code: TEE.ITEM_NOT_FOUND, a: 0, b: 0 };
    },
  };
}
