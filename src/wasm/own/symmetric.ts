// Ciphers, MACs and authenticated encryption: TEE Internal Core API 1.3.1, 6.4 to 6.6.
import { TEE } from "../../abi/errors.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { OwnEnv } from "./own_env.ts";

export function cipherImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_CipherInit: (operation = 0, iv = 0, size = 0) => library().cipherInit(operation, memory.input(iv, size)),
    TEE_CipherUpdate: (operation = 0, from = 0, size = 0, to = 0, toSize = 0) =>
      memory.written(to, toSize, (room) => library().cipherUpdate(operation, memory.input(from, size), room)),
    TEE_CipherDoFinal(operation = 0, from = 0, size = 0, to = 0, toSize = 0) {
      const data = memory.input(from, size);
      // What the end of a stream leaves unsaid.
      if (toSize === 0) return library().cipherDoFinal(operation, data, new Uint8Array()).code;
      return memory.written(to, toSize, (room) => library().cipherDoFinal(operation, data, room));
    },
  };
}

export function macImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_MACInit: (operation = 0, iv = 0, size = 0) => library().macInit(operation, memory.input(iv, size)),
    TEE_MACUpdate: (operation = 0, data = 0, size = 0) => library().macUpdate(operation, memory.input(data, size)),
    TEE_MACComputeFinal: (operation = 0, data = 0, size = 0, mac = 0, macSize = 0) =>
      memory.written(mac, macSize, (room) => library().macComputeFinal(operation, memory.input(data, size), room)),
    TEE_MACCompareFinal: (operation = 0, data = 0, size = 0, mac = 0, macSize = 0) =>
      library().macCompareFinal(operation, memory.input(data, size), memory.input(mac, macSize)),
  };
}

export function aeImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_AEInit: (operation = 0, nonce = 0, size = 0, tagBits = 0, aadSize = 0, dataSize = 0) =>
      library().aeInit(operation, memory.input(nonce, size), tagBits, aadSize, dataSize),
    TEE_AEUpdateAAD: (operation = 0, aad = 0, size = 0) => library().aeUpdateAad(operation, memory.input(aad, size)),
    TEE_AEUpdate: (operation = 0, from = 0, size = 0, to = 0, toSize = 0) =>
      memory.written(to, toSize, (room) => library().aeUpdate(operation, memory.input(from, size), room)),
    TEE_AEEncryptFinal: (operation = 0, from = 0, size = 0, to = 0, toSize = 0, tag = 0, tagSize = 0) =>
      memory.written(to, toSize, (room) => {
        const tagRoom = memory.output(tag, memory.sizeAt(tagSize));
        const reply = library().aeEncryptFinal(operation, memory.input(from, size), room, tagRoom);
        if (reply.code === TEE.SUCCESS || reply.code === TEE.SHORT_BUFFER) memory.putSize(tagSize, reply.tagSize);
        return reply;
      }),
    TEE_AEDecryptFinal: (operation = 0, from = 0, size = 0, to = 0, toSize = 0, tag = 0, tagSize = 0) =>
      memory.written(to, toSize, (room) =>
        library().aeDecryptFinal(operation, memory.input(from, size), room, memory.input(tag, tagSize)),
      ),
  };
}
