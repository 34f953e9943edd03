// The core's memory for an operation's cryptography: OP-TEE 4.0.0 core/crypto and core/lib/libtomcrypt.
import type { CoreSiteName } from "../../../platform/site_names.ts";
import type { ContextName } from "./algorithms.ts";

/** Blocks in the order of their allocation. */
export const CONTEXTS: Readonly<Record<ContextName, readonly CoreSiteName[]>> = {
  none: [],
  hash: ["context.hash"],
  shake: ["context.shake"],
  sm3: ["context.sm3"],
  ecb: ["context.ecb"],
  cbc: ["context.cbc"],
  ctr: ["context.ctr"],
  xts: ["context.xts"],
  cts: ["context.cts", "context.ecb", "context.cbc"],
  sm4ecb: ["context.sm4ecb"],
  sm4cbc: ["context.sm4cbc"],
  sm4ctr: ["context.sm4ctr"],
  hmac: ["context.hmac"],
  sm3hmac: ["context.sm3hmac"],
  cbcmac: ["context.cbc", "context.cbcmac"],
  cmac: ["context.cmac"],
  gcm: ["context.gcm"],
  ccm: ["context.ccm"],
};

/** The ones that are freed in the order of their allocation; the others go the other way. */
export const FIRST_FREED_FIRST: ReadonlySet<ContextName> = new Set(["cbcmac"]);
