// System calls for objects with keys, C's `_utee_cryp_obj_…`: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import { TEE } from "../../../abi/errors.ts";
import { need } from "../../../platform/needs.ts";
import type { TaInstance } from "../../kernel/ta_instance.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, objectOf } from "../crypto/env.ts";
import { ALL_USAGES, ATTR_PUBLIC_BIT, ATTR_VALUE_BIT, OPERATION_FLAG, USAGE } from "../crypto/ids.ts";
import { OBJECT_TYPES, sizeFits } from "../crypto/object_types.ts";
import { using } from "../crypto/scratch.ts";
import type { KeyObject } from "../crypto/state.ts";
import { copyAttributes, empty, populate } from "../keys/fill.ts";
import { generate } from "../keys/generate.ts";
import { giveObject, takeObject } from "../keys/object_blocks.ts";
import { isBusy } from "../keys/state_keys.ts";
import { coded, codedLater, type Handle, type ObjectInfo, put, refuse, replied, type Written } from "../reply.ts";
import { infoOf, restrictUsage } from "../storage/data.ts";
import { dropHandle, ownHandle } from "../storage/handles.ts";

/** Objects with keys; `get`, `close` and `restrict` know persistent ones, too. */
export interface ObjectCalls {
  /** NOT_SUPPORTED for unknown types and sizes (bits); OUT_OF_MEMORY. */
  crypObjAlloc(objectType: number, maxKeySize: number): Handle;
  crypObjClose(object: number): number;
  crypObjReset(object: number): number;
  /** ITEM_NOT_FOUND for a wrong set of attributes, BAD_PARAMETERS for values that do not fit. */
  crypObjPopulate(object: number, attributes: readonly Attribute[]): number;
  crypObjCopy(to: number, from: number): number;
  /** `keySize` in bits. BAD_PARAMETERS if an attribute is missing or impossible. */
  crypObjGenerateKey(object: number, keySize: number, attributes: readonly Attribute[]): Promise<number>;
  crypObjGetInfo(object: number): { readonly code: number; readonly info: ObjectInfo };
  crypObjRestrictUsage(object: number, usage: number): number;
  /**
   * Values are two words, least significant byte first. ITEM_NOT_FOUND for an unknown object, too; SHORT_BUFFER;
   * BAD_PARAMETERS for what the usage of the object keeps secret.
   */
  crypObjGetAttr(object: number, id: number, into: Uint8Array): Written;
}

const NO_INFO: ObjectInfo = {
  objectType: 0,
  keySize: 0,
  maxKeySize: 0,
  usage: 0,
  dataSize: 0,
  dataPosition: 0,
  handleFlags: 0,
};

/** The calls of an instance. Long: one entry for each system call. */
export function objectCalls(env: CryptoEnv, instance: TaInstance): ObjectCalls {
  const { core, held } = env;
  const emptyOne = (handle: number): KeyObject => {
    const object = objectOf(env, handle);
    return object.initialized ? refuse("the object has a key already", TEE.BAD_PARAMETERS) : object;
  };
  const transientOne = (handle: number): KeyObject => {
    const object = objectOf(env, handle);
    return object.persistent ? refuse("the object is persistent", TEE.BAD_PARAMETERS) : object;
  };
  return {
    crypObjAlloc(objectType, maxKeySize) {
      const type = OBJECT_TYPES.get(objectType);
      if (type === undefined || !sizeFits(type, maxKeySize)) return { code: TEE.NOT_SUPPORTED, handle: 0 };
      need(core.platform, "cryptography");
      const object = takeObject(core, type, maxKeySize);
      if (object === null) return { code: TEE.OUT_OF_MEMORY, handle: 0 };
      held.objects.set(object.handle, object);
      return { code: TEE.SUCCESS, handle: object.handle };
    },
    crypObjClose: (handle) =>
      coded(() => {
        const persistent = ownHandle(core, instance, handle);
        if (persistent !== null) dropHandle(core, handle, persistent);
        else {
          const object = transientOne(handle);
          if (isBusy(held, object)) return TEE.ITEM_NOT_FOUND;
          empty(object);
          held.objects.delete(handle);
          giveObject(core, object);
        }
        return TEE.SUCCESS;
      }),
    crypObjReset: (handle) =>
      coded(() => {
        const object = transientOne(handle);
        empty(object);
        object.usage = ALL_USAGES;
        return TEE.SUCCESS;
      }),
    crypObjPopulate: (handle, attributes) => coded(() => populate(core, emptyOne(handle), attributes)),
    crypObjCopy: (to, from) =>
      coded(() => {
        const [target, source] = [emptyOne(to), objectOf(env, from)];
        return source.initialized ? copyAttributes(core, target, source) : TEE.BAD_PARAMETERS;
      }),
    crypObjGenerateKey: (handle, keySize, attributes) =>
      codedLater(async () => {
        const object = emptyOne(handle);
        if (!sizeFits(object.type, keySize) || keySize > object.maxKeySize) return TEE.NOT_SUPPORTED;
        const work = (): Promise<number> => generate(env, object, keySize, attributes);
        return using(core, [["copy.generate", attributes.length]], work);
      }),
    crypObjGetInfo: (handle) =>
      replied({ info: NO_INFO }, () => {
        const persistent = ownHandle(core, instance, handle);
        const info = persistent === null ? describe(objectOf(env, handle)) : infoOf(persistent);
        return { code: TEE.SUCCESS, info };
      }),
    crypObjRestrictUsage: (handle, usage) =>
      coded(() => {
        const persistent = ownHandle(core, instance, handle);
        if (persistent !== null) return restrictUsage(core, persistent, usage);
        const object = objectOf(env, handle);
        object.usage = (object.usage & usage) >>> 0;
        return TEE.SUCCESS;
      }),
    crypObjGetAttr: (handle, id, into) =>
      replied({ size: 0 }, () => {
        if (ownHandle(core, instance, handle)?.key === null) return { code: TEE.BAD_STATE, size: 0 };
        const object = held.objects.get(handle);
        if (object === undefined) return { code: TEE.ITEM_NOT_FOUND, size: 0 };
        const open = (id & ATTR_PUBLIC_BIT) !== 0 || (object.usage & USAGE.EXTRACTABLE) !== 0;
        if (!object.initialized || !open) return { code: TEE.BAD_PARAMETERS, size: 0 };
        const data = (id & ATTR_VALUE_BIT) === 0 ? object.refs.get(id) : valueBytes(object, id);
        return data === undefined ? { code: TEE.ITEM_NOT_FOUND, size: 0 } : put(data, into);
      }),
  };
}

function describe({ type, keySize, maxKeySize, usage, initialized }: KeyObject): ObjectInfo {
  const handleFlags = initialized ? OPERATION_FLAG.INITIALIZED : 0;
  return { ...NO_INFO, objectType: type.id, keySize, maxKeySize, usage, handleFlags };
}

function valueBytes({ values }: KeyObject, id: number): Uint8Array | undefined {
  const value = values.get(id);
  if (value === undefined) return undefined;
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, value.a, true);
  view.setUint32(4, value.b, true);
  return new Uint8Array(view.buffer);
}
