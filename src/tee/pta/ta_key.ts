// A key of a TA's own, from the hardware's: OP-TEE 4.0.0 core/kernel/huk_subkey.c.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { DERIVED_KEY } from "../../abi/pta_ids.ts";
import { encodeUuid } from "../../abi/uuid.ts";
import type { Core } from "../kernel/core.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import type { Call } from "../kernel/ta_instance.ts";
import { overlapsOneOf } from "../svc/access_rights.ts";
import { using } from "../svc/crypto/scratch.ts";
import { hmac } from "../svc/modes/mac.ts";
import { concat } from "../svc/numbers/bytes.ts";
import { coded, refuse } from "../svc/reply.ts";
import { taOf } from "./caller.ts";

/** The hardware's key where a board has none of its own, as in QEMU. */
const HARDWARE_KEY = new Uint8Array(16);
/** The usage that makes it a key of a TA, a word. */
const UNIQUE_TA = Uint8Array.of(3, 0, 0, 0);
/** Bytes of SHA-256: a block, a digest. */
const BLOCK = 64;
const DIGEST = 32;

/** The same for the same TA, extra data and length; it may not go to a client's memory. */
export function deriveTaKey(core: Core, params: Params, call: Call): number {
  const [extra, key] = params;
  if (!haveTypes(params, PARAM_TYPE.MEMREF_INPUT, PARAM_TYPE.MEMREF_OUTPUT)) return TEE.BAD_PARAMETERS;
  const [data, into] = [bufferOf(extra), bufferOf(key)];
  const { MIN, MAX, EXTRA } = DERIVED_KEY;
  if (data.length > EXTRA || into.length < MIN || into.length > MAX) return TEE.BAD_PARAMETERS;
  if (overlapsOneOf(call.clientMemory, into)) return TEE.SECURITY;
  return coded(() => {
    into.set(subkey(core, concat(encodeUuid(taOf(call).uuid), data)).subarray(0, into.length));
    return TEE.SUCCESS;
  });
}

function subkey(core: Core, data: Uint8Array): Uint8Array {
  const start = () => core.host.crypto?.hash("sha256") ?? refuse("this system has no SHA-256", TEE.NOT_SUPPORTED);
  return using(core, [["context.hmac"]], () => {
    const mac = using(core, [["work.hmac_key", BLOCK]], () => hmac(start, BLOCK, HARDWARE_KEY));
    mac.update(UNIQUE_TA);
    mac.update(data);
    const work = [["work.hmac_inner", BLOCK] as const, ["work.hmac_digest", DIGEST] as const];
    return using(core, work, () => mac.final()) ?? refuse("a digest has its length");
  });
}
