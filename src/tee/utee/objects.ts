// Objects that hold keys: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_objects.c.
import { TEE } from "../../abi/errors.ts";
import { ATTR_VALUE_BIT, OPERATION_FLAG } from "../svc/crypto/ids.ts";
import { HANDLE_FLAG } from "../svc/storage/flags.ts";
import type { ObjectApi } from "./crypto_api.ts";
import { expectCode, expectReply, type LibraryEnv, raisePanic } from "./library_env.ts";

export function objectApi(env: LibraryEnv): ObjectApi {
  const { svc } = env;
  const flagsOf = (handle: number): number => expectReply(svc.crypObjGetInfo(handle)).info.handleFlags;
  const checkEmpty = (handle: number): void => {
    if ((flagsOf(handle) & OPERATION_FLAG.INITIALIZED) !== 0) raisePanic("the object has a key already", TEE.BAD_STATE);
  };
  const checkTransient = (handle: number): void => {
    if ((flagsOf(handle) & HANDLE_FLAG.PERSISTENT) !== 0) raisePanic("the object is persistent");
  };
  return {
    allocateTransientObject: (objectType, maxKeySize) => svc.crypObjAlloc(objectType, maxKeySize),
    freeTransientObject(handle) {
      if (handle === 0) return;
      checkTransient(handle);
      expectCode(svc.crypObjClose(handle));
    },
    resetTransientObject(handle) {
      if (handle !== 0) expectCode(svc.crypObjReset(handle));
    },
    populateTransientObject(handle, attributes) {
      checkEmpty(handle);
      return expectCode(svc.crypObjPopulate(handle, attributes), [TEE.BAD_PARAMETERS]);
    },
    refAttribute: (id, data) =>
      (id & ATTR_VALUE_BIT) === 0 ? { kind: "ref", id, data } : raisePanic("the attribute holds values"),
    valueAttribute: (id, a, b = 0) =>
      (id & ATTR_VALUE_BIT) !== 0 ? { kind: "value", id, a, b } : raisePanic("the attribute holds bytes"),
    copyObjectAttributes(to, from) {
      checkEmpty(to);
      return expectCode(svc.crypObjCopy(to, from));
    },
    async generateKey(handle, keySize, attributes = []) {
      checkEmpty(handle);
      const code = await svc.crypObjGenerateKey(handle, keySize, attributes);
      return expectCode(code, [TEE.BAD_PARAMETERS, TEE.OUT_OF_MEMORY]);
    },
    objectInfo: (handle) => expectReply(svc.crypObjGetInfo(handle)).info,
    restrictObjectUsage: (handle, usage) =>
      expectCode(svc.crypObjRestrictUsage(handle, usage), [TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE]),
    objectBufferAttribute(handle, id, into) {
      flagsOf(handle);
      if ((id & ATTR_VALUE_BIT) !== 0) return { code: TEE.ITEM_NOT_FOUND, size: 0 };
      return expectReply(svc.crypObjGetAttr(handle, id, into), [TEE.ITEM_NOT_FOUND, TEE.SHORT_BUFFER]);
    },
    objectValueAttribute(handle, id) {
      flagsOf(handle);
      if ((id & ATTR_VALUE_BIT) === 0) return { code: TEE.ITEM_NOT_FOUND, a: 0, b: 0 };
      const view = new DataView(new ArrayBuffer(8));
      const { code } = expectReply(svc.crypObjGetAttr(handle, id, new Uint8Array(view.buffer)), [TEE.ITEM_NOT_FOUND]);
      return { code, a: view.getUint32(0, true), b: view.getUint32(4, true) };
    },
  };
}
