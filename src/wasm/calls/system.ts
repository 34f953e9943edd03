// Log, panic, access rights, time, cancellation and random numbers as imports: OP-TEE 4.0.0 core/tee/tee_svc.c.
import { TEE } from "../../abi/errors.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import { EntryEnd } from "./entry_end.ts";
import { accessRights, type UserMemory } from "./user_memory.ts";

export function systemSyscalls({ svc, core, memory: raw }: CallEnv, memory: UserMemory): HostCalls {
  const text = new TextDecoder("utf-8");
  return {
    _utee_return(code) {
      throw new EntryEnd(code);
    },
    _utee_log(at, length) {
      if (length > 0) core.console.taWrite(text.decode(memory.input(at, length).slice()));
    },
    _utee_panic: (code) => svc().panic(code),
    _utee_check_access_rights: (flags, at, length) => accessRights(raw, flags, at, length),
    _utee_cryp_random_number_generate(into, length) {
      svc().crypRandomNumberGenerate(memory.output(into, length));
      return TEE.SUCCESS;
    },
    // Built in with CFG_TA_GPROF_SUPPORT alone.
    _utee_gprof_send: () => TEE.NOT_SUPPORTED,
  };
}

/** The categories of enum utee_time_category. */
const CATEGORY = { SYSTEM: 0, TA_PERSISTENT: 1, REE: 2 } as const;

export function timeSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  const told = (at: number, flag: boolean): number => {
    memory.writeWord(at, flag ? 1 : 0);
    return TEE.SUCCESS;
  };
  return {
    _utee_get_time(category, at) {
      if (category > CATEGORY.REE) return TEE.BAD_PARAMETERS;
      if (category !== CATEGORY.TA_PERSISTENT) {
        memory.writeOwnTime(at, svc().getTime(category === CATEGORY.SYSTEM ? "system" : "ree"));
        return TEE.SUCCESS;
      }
      const { code, time } = svc().getTaTime();
      if (code === TEE.SUCCESS || code === TEE.OVERFLOW) memory.writeOwnTime(at, time);
      return code;
    },
    _utee_set_ta_time: (at) => svc().setTaTime(memory.readOwnTime(at)),
    _utee_wait: (milliseconds) => svc().wait(milliseconds >>> 0),
    _utee_get_cancellation_flag: (at) => told(at, svc().getCancellationFlag()),
    _utee_mask_cancellation: (at) => told(at, svc().maskCancellation()),
    _utee_unmask_cancellation: (at) => told(at, svc().unmaskCancellation()),
  };
}
