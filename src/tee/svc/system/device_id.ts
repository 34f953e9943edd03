// The UUID of a device whose hardware key is zeros, as on boards without one: OP-TEE 4.0.0 core/tee/tee_svc.c,
// core/kernel/huk_subkey.c and otp_stubs.c.
import { decodeUuid } from "../../../abi/uuid.ts";
import type { CryptoProvider } from "../../kernel/host/provider.ts";
import { HASHES } from "../crypto/algorithms.ts";
import { hmac } from "../modes/mac.ts";
import { concat } from "../numbers/bytes.ts";

/** enum huk_subkey_usage: the number of the chip. */
const DIE_ID = 2;
const DIE_ID_BYTES = 12;

/** The device's UUID; null without SHA-256. */
export function deviceId(provider: CryptoProvider | undefined): string | null {
  const start = provider?.hash("sha256");
  if (provider === undefined || start === undefined || start === null) return null;
  const mac = hmac(() => provider.hash("sha256") ?? start, HASHES.sha256.block, new Uint8Array(16));
  mac.update(Uint8Array.of(DIE_ID, 0, 0, 0));
  const die = (mac.final() ?? new Uint8Array()).slice(0, DIE_ID_BYTES);
  start.update(concat(new TextEncoder().encode("OPTEE"), die));
  const uuid = start.digest().slice(0, 16);
  // RFC 4122: version 5, and its variant. The third group is little endian.
  uuid[7] = ((uuid[7] ?? 0) & 0x0f) | 0x50;
  uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
  return decodeUuid(uuid);
}
