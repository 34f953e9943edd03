// Time, cancellation, access rights, random numbers and caches: TEE Internal Core API 1.3.1, chapters 4, 6.9 and 7.
import { TEE } from "../../abi/errors.ts";
import type { TeeTime } from "../../abi/time.ts";
import { expectCode } from "../../tee/utee/library_env.ts";
import type { HostCalls } from "../calls/call_env.ts";
import { accessRights } from "../calls/user_memory.ts";
import type { OwnEnv } from "./own_env.ts";

/** Codes that come back from the clock of the TA beside SUCCESS. */
const TA_TIME = [
  TEE.OVERFLOW,
  TEE.OUT_OF_MEMORY,
  TEE.STORAGE_NO_SPACE,
  TEE.TIME_NOT_SET,
  TEE.TIME_NEEDS_RESET,
] as const;

export function systemImports({ svc, memory }: OwnEnv): HostCalls {
  return {
    TEE_CheckMemoryAccessRights: (flags = 0, at = 0, size = 0) => accessRights(memory, flags, at, size),
    TEE_GenerateRandom: (into = 0, size = 0) => svc().crypRandomNumberGenerate(memory.output(into, size)),
    TEE_GetCancellationFlag: () => Number(svc().getCancellationFlag()),
    TEE_MaskCancellation: () => Number(svc().maskCancellation()),
    TEE_UnmaskCancellation: () => Number(svc().unmaskCancellation()),
  };
}

export function timeImports({ svc, memory }: OwnEnv): HostCalls {
  const put = (at: number, { seconds, millis }: TeeTime): void => memory.putWords(at, seconds, millis);
  return {
    TEE_GetSystemTime: (at = 0) => put(at, svc().getTime("system")),
    TEE_GetREETime: (at = 0) => put(at, svc().getTime("ree")),
    TEE_GetTAPersistentTime(at = 0) {
      const { code, time } = svc().getTaTime();
      put(at, time);
      return expectCode(code, TA_TIME);
    },
    TEE_SetTAPersistentTime(at = 0) {
      memory.passed(at, 8);
      return expectCode(svc().setTaTime({ seconds: memory.u32(at), millis: memory.u32(at + 4) }), TA_TIME);
    },
    TEE_Wait: (milliseconds = 0) => svc().wait(milliseconds),
  };
}
