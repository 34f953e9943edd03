// Operations as imports: states, digests and MACs, ciphers, authenticated encryption. OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import { TEE } from "../../abi/errors.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import { handing, writing, writingMaybe } from "./replies.ts";
import type { UserMemory } from "./user_memory.ts";

export function stateSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_cryp_state_alloc: (algorithm, mode, key1, key2, state) =>
      handing(memory, state, svc().crypStateAlloc(algorithm, mode, key1, key2), (made) => svc().crypStateFree(made)),
    _utee_cryp_state_copy: (to, from) => svc().crypStateCopy(to, from),
    _utee_cryp_state_free: (state) => svc().crypStateFree(state),
  };
}

export function hashSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_hash_init: (state) => svc().hashInit(state),
    _utee_hash_update(state, data, length) {
      if (length === 0) return TEE.SUCCESS;
      return data === 0 ? TEE.BAD_PARAMETERS : svc().hashUpdate(state, memory.input(data, length));
    },
    _utee_hash_final(state, data, length, into, size) {
      if (data === 0 && length > 0) return TEE.BAD_PARAMETERS;
      const last = memory.input(data, length);
      return writing(memory, into, size, (room) => svc().hashFinal(state, last, room));
    },
  };
}

export function cipherSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_cipher_init: (state, iv, length) => svc().cipherInit(state, memory.input(iv, length)),
    _utee_cipher_update(state, data, length, into, size) {
      const given = memory.input(data, length);
      return writingMaybe(memory, into, size, (room) => svc().cipherUpdate(state, given, room));
    },
    _utee_cipher_final(state, data, length, into, size) {
      const given = memory.input(data, length);
      return writingMaybe(memory, into, size, (room) => svc().cipherFinal(state, given, room));
    },
  };
}

export function authencSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_authenc_init: (state, nonce, length, tagLength, aadLength, dataLength) =>
      svc().authencInit(state, memory.input(nonce, length), tagLength, aadLength, dataLength),
    _utee_authenc_update_aad: (state, aad, length) => svc().authencUpdateAad(state, memory.input(aad, length)),
    _utee_authenc_update_payload(state, data, length, into, size) {
      const given = memory.input(data, length);
      return writing(memory, into, size, (room) => svc().authencUpdatePayload(state, given, room));
    },
    _utee_authenc_enc_final(state, data, length, into, size, tag, tagSize) {
      const given = memory.input(data, length);
      return writingMaybe(memory, into, size, (room) => {
        const tagRoom = memory.output(tag, memory.readLength(tagSize));
        const reply = svc().authencEncFinal(state, given, room, tagRoom);
        if (reply.code === TEE.SUCCESS || reply.code === TEE.SHORT_BUFFER) memory.writeLength(tagSize, reply.tagSize);
        return reply;
      });
    },
    _utee_authenc_dec_final(state, data, length, into, size, tag, tagLength) {
      const given = memory.input(data, length);
      return writingMaybe(memory, into, size, (room) =>
        svc().authencDecFinal(state, given, room, memory.input(tag, tagLength)),
      );
    },
  };
}
