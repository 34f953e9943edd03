// Objects with keys, and what key pairs do, as imports: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import { TEE } from "../../abi/errors.ts";
import { encodeInfo, readAttributes } from "./attributes.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import { handing, writing } from "./replies.ts";
import type { UserMemory } from "./user_memory.ts";

/** More bytes than any attribute has. */
const LARGEST_ATTRIBUTE = 4096;

export function objectSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_cryp_obj_get_info(object, info) {
      const reply = svc().crypObjGetInfo(object);
      if (reply.code === TEE.SUCCESS) memory.writeOwn(info, encodeInfo(reply.info));
      return reply.code;
    },
    _utee_cryp_obj_restrict_usage: (object, usage) => svc().crypObjRestrictUsage(object, usage),
    _utee_cryp_obj_get_attr(object, id, into, sizeAt) {
      const room = into === 0 ? 0 : memory.readLength(sizeAt);
      const data = new Uint8Array(Math.min(room, LARGEST_ATTRIBUTE));
      const { code, size } = svc().crypObjGetAttr(object, id, data);
      if (code !== TEE.SUCCESS && code !== TEE.SHORT_BUFFER) return code;
      memory.writeLength(sizeAt, size);
      if (code === TEE.SUCCESS && size > 0) memory.write(into, data.subarray(0, size));
      return code;
    },
    _utee_cryp_obj_alloc: (type, maxKeySize, object) =>
      handing(memory, object, svc().crypObjAlloc(type, maxKeySize), (made) => svc().crypObjClose(made)),
    _utee_cryp_obj_close: (object) => svc().crypObjClose(object),
    _utee_cryp_obj_reset: (object) => svc().crypObjReset(object),
    _utee_cryp_obj_populate: (object, attributes, count) =>
      svc().crypObjPopulate(object, readAttributes(memory, attributes, count)),
    _utee_cryp_obj_copy: (to, from) => svc().crypObjCopy(to, from),
    _utee_cryp_obj_generate_key: (object, keySize, attributes, count) =>
      svc().crypObjGenerateKey(object, keySize, readAttributes(memory, attributes, count)),
  };
}

export function asymmetricSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_asymm_operate(state, attributes, count, data, length, into, size) {
      const given = memory.input(data, length);
      return writing(memory, into, size, (room) =>
        svc().asymmOperate(state, readAttributes(memory, attributes, count), given, room),
      );
    },
    _utee_asymm_verify(state, attributes, count, data, length, signature, signatureLength) {
      const [digest, given] = [memory.input(data, length), memory.input(signature, signatureLength)];
      return svc().asymmVerify(state, readAttributes(memory, attributes, count), digest, given);
    },
    _utee_cryp_derive_key: (state, attributes, count, derived) =>
      svc().crypDeriveKey(state, readAttributes(memory, attributes, count), derived),
  };
}
