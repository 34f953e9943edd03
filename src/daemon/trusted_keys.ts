// Linux's driver of trusted keys as a client of the TEE: security/keys/trusted-keys/trusted_tee.c, as far as it shows here.
import { TEE } from "../abi/errors.ts";
import { KEEP_ALIVE_UUID } from "../tee/apps/keep_alive.ts";
import { createClient } from "../tee/kernel/client.ts";
import type { Core } from "../tee/kernel/core.ts";

/**
 * Opens the session that the driver opens when Linux boots and finds its TA, and keeps as long as Linux runs. False
 * if the TEE has no such TA, or no room for it: the driver then does without.
 */
export async function startTrustedKeys(core: Core): Promise<boolean> {
  const { code } = await createClient(core).open(KEEP_ALIVE_UUID);
  return code === TEE.SUCCESS;
}
