// The UUID of a device whose hardware key is zeros, as on boards without one: OP-TEE 4.0.0 core/tee/tee_svc.c,
// core/kernel/huk_subkey.c and otp_stubs.c.
import { decodeUuid, encodeUuid } from "../../../abi/uuid.ts";
import type { CryptoProvider } from "../../kernel/host/provider.ts";
import { HASHES } from "../crypto/algorithms.ts";
import { hmac } from "../modes/mac.ts";
import { concat } from "../numbers/bytes.ts";

/** enum huk_subkey_usage: the number of the chip. */
const DIE_ID = 2;

/** The device's UUID; null without SHA-256. */
export function deviceId(provider: CryptoProvider | undefined): string | null {
  const die = dieId(provider)?.slice(0, 12);
  const uuid = die && digest(provider, concat(new TextEncoder().encode("OPTEE"), die))?.slice(0, 16);
  if (!uuid) return null;
  // RFC 4122: version 5, and its variant. The third group is little endian.
  uuid[7] = ((uuid[7] ?? 0) & 0x0f) | 0x50;
  uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
  return decodeUuid(uuid);
}

/** The seed of a TA that the vendor of the board gives, behind its length: core/arch/arm/plat-vexpress/vendor_props.c. */
export function endorsementSeed(provider: CryptoProvider | undefined, uuid: string): Uint8Array | null {
  const die = dieId(provider);
  const seed = die && digest(provider, concat(encodeUuid(uuid), die));
  return seed && concat(Uint8Array.of(seed.length, 0, 0, 0), seed);
}

/** 32 bytes of the chip's number. */
function dieId(provider: CryptoProvider | undefined): Uint8Array | null {
  const start = provider?.hash("sha256");
  if (provider === undefined || start === undefined || start === null) return null;
  const mac = hmac(() => provider.hash("sha256") ?? start, HASHES.sha256.block, new Uint8Array(16));
  mac.update(Uint8Array.of(DIE_ID, 0, 0, 0));
  return mac.final();
}

function digest(provider: CryptoProvider | undefined, data: Uint8Array): Uint8Array | null {
  const hash = provider?.hash("sha256");
  if (!hash) return null;
  hash.update(data);
  return hash.digest();
}
