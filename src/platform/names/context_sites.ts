// Blocks of the core heap that an operation's algorithm keeps: core/crypto, core/lib/libtomcrypt.
import type { SiteUse } from "./site_use.ts";

/** By name. */
export const CONTEXT_SITES = {
  "context.hash": { is: "the state of a digest" },
  "context.shake": { is: "the state of SHAKE" },
  "context.sm3": { is: "the state of SM3" },
  "context.ecb": { is: "the state of ECB" },
  "context.cbc": { is: "the state of CBC" },
  "context.ctr": { is: "the state of CTR" },
  "context.xts": { is: "the state of XTS" },
  "context.cts": { is: "the state of CTS, beside its ECB and CBC" },
  "context.sm4ecb": { is: "the state of SM4 ECB" },
  "context.sm4cbc": { is: "the state of SM4 CBC" },
  "context.sm4ctr": { is: "the state of SM4 CTR" },
  "context.hmac": { is: "the state of an HMAC" },
  "context.sm3hmac": { is: "the state of an HMAC with SM3" },
  "context.cbcmac": { is: "the state of a CBC-MAC, beside its CBC" },
  "context.cmac": { is: "the state of a CMAC" },
  "context.gcm": { is: "the state of GCM" },
  "context.ccm": { is: "the state of CCM" },
} as const satisfies Readonly<Record<string, SiteUse>>;
