// Requests of a client that are calls of the TEE, and their answers.
import { TEE } from "../abi/errors.ts";
import { ORIGIN, PARAM_TYPE } from "../abi/ids.ts";
import type { Client } from "../tee/kernel/client.ts";
import type { Core } from "../tee/kernel/core.ts";
import { ANYBODY, linuxIdentity } from "../tee/kernel/identity.ts";
import type { Params } from "../tee/kernel/params.ts";
import type { Frame } from "../wire/frames.ts";
import { LIMITS } from "../wire/limits.ts";
import { NO_PARAMS, replyOf, type WireParams } from "../wire/wire_params.ts";

export type Request = Extract<Frame, { kind: "open" | "login" | "invoke" | "close" }>;

interface Answer {
  readonly code: number;
  readonly origin: number;
  readonly session: number;
  readonly params: WireParams;
}

/** Makes the call that a request asks for. */
export async function perform(
  { host }: Pick<Core, "host">,
  client: Client,
  request: Request,
  params: Params,
  signal: AbortSignal,
): Promise<Answer> {
  if (request.kind === "open" || request.kind === "login") {
    const identity = request.kind === "login" ? linuxIdentity(host.crypto, request.method, request.identity) : ANYBODY;
    if (identity === null) return refused(TEE.BAD_PARAMETERS);
    const opened = await client.open(request.uuid, params, signal, identity);
    return { ...opened, params: replyOf(params, request.params) };
  }
  if (request.kind === "close") return { ...(await client.close(request.session)), session: 0, params: NO_PARAMS };
  const outcome = await client.invoke(request.session, request.command, params, signal);
  return { ...outcome, session: 0, params: replyOf(params, request.params) };
}

/** A request that never reached the TEE: its parameters are as they were, which a reply without parameters says. */
export function refused(code: number): Answer {
  return { code, origin: ORIGIN.COMMS, session: 0, params: NO_PARAMS };
}

/** True if a memref is larger than allowed, whatever it brings. */
export function tooLarge(params: WireParams): boolean {
  return params.some(({ type, a }) => type >= PARAM_TYPE.MEMREF_INPUT && a > LIMITS.memref);
}
