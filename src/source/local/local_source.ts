// local: the TEE of the machine that teemem itself runs on.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { TEE } from "../../abi/errors.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { RELEASES } from "../../release/releases.ts";
import { askAlloc } from "../client/stats_client.ts";
import { sourceOf } from "../client/system_source.ts";
import type { Source } from "../source.ts";
import { loadLibteec } from "./libteec.ts";
import { connectTeec, type OnStuck } from "./teec_client.ts";

const DEVICE = "/dev/tee0";
const [USUAL] = RELEASES;

/**
 * Opens the TEE through libteec, from a path or as the system finds it. Nothing is started on the machine, and no question
 * needs tee-supplicant. The error says what is missing and what to do.
 */
export async function openLocal(
  path: string,
  { device = DEVICE, onStuck }: { readonly device?: string; readonly onStuck?: OnStuck } = {},
): Promise<Result<Source>> {
  const lib = await loadLibteec(path);
  if (!lib.ok) return lib;
  const connected = await connectTeec(lib.value, onStuck);
  if (!connected.ok) return err(refusal(connected.error, device));
  const client = connected.value;
  // The layout of the answer tells how statistics of TAs are laid out.
  const asked = await askAlloc(client);
  const release = asked.ok ? asked.value.release : USUAL;
  const name = path === "" ? "local:" : `local:${path}`;
  return ok(sourceOf({ name, version: "", release, profile: "", client }));
}

/** Why there is no connection, as a sentence. */
function refusal(code: number, device: string): string {
  if (!existsSync(device))
    return `there is no ${device}: OP-TEE does not run here, or Linux lacks its driver (CONFIG_OPTEE); 'dmesg | grep optee' tells`;
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
  } catch {
    return `no permission to open ${device}: run as root, or join the group that owns it (id ${statSync(device).gid}; often teeclnt)`;
  }
  if (code === TEE.OUT_OF_MEMORY) return `no memory for a connection with ${device}`;
  return `the TEE behind ${device} takes no connection (0x${code.toString(16)}); 'dmesg | grep optee' may tell why`;
}
