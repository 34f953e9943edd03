// Cache maintenance as an import: OP-TEE 4.0.0 core/arch/arm/tee/svc_cache.c and cache.c. There is no cache, but there are rules.
import { TEE } from "../../abi/errors.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import { ACCESS, accessRights } from "./user_memory.ts";

/** enum utee_cache_operation. */
const OPERATION = { CLEAN: 0, FLUSH: 1, INVALIDATE: 2 } as const;

export function cacheSyscalls({ memory, entry }: CallEnv): HostCalls {
  return {
    _utee_cache_operation(at, length, operation) {
      if (!entry().instance.app.flags.cacheMaintenance) return TEE.NOT_SUPPORTED;
      if ([at, at + Math.max(1, length) - 1].some((one) => memory.own(one, 1))) return TEE.ACCESS_DENIED;
      if (accessRights(memory, ACCESS.READ | ACCESS.ANY_OWNER, at, length) !== TEE.SUCCESS) return TEE.ACCESS_DENIED;
      return operation > OPERATION.INVALIDATE ? TEE.NOT_SUPPORTED : TEE.SUCCESS;
    },
  };
}
