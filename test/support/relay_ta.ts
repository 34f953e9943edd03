// A TA that passes a client's commands on to a pseudo TA, for tests.
import { TEE } from "../../src/abi/errors.ts";
import { createClient } from "../../src/tee/kernel/client.ts";
import type { Host } from "../../src/tee/kernel/core.ts";
import type { Params } from "../../src/tee/kernel/params.ts";
import type { TrustedApp } from "../../src/tee/utee/trusted_app.ts";
import { bootTest } from "../embedded.ts";

export const RELAY_UUID = "11223344-5566-7788-99aa-bbccddeeff00";

/** Passes commands on to `target`, with the client's parameters, in a session that it never closes. */
function relayTo(target: string, own: (params: Params) => Params): TrustedApp {
  return {
    uuid: RELAY_UUID,
    name: "relay",
    flags: { singleInstance: false, multiSession: false, keepAlive: false },
    layout: { textPages: 41, dataPages: 12, stackPages: 1, heapBase: 0x400466d0, heapLength: 32768 },
    async openSession(tee, session) {
      const opened = await tee.openTaSession(target);
      session.context = opened.session;
      return opened.code;
    },
    invoke: async (tee, session, command, params) =>
      (await tee.invokeTaCommand(session.context as number, command, own(params))).code,
  };
}

/** A client of a TA that passes commands on; `own` gives the parameters that the TA makes of the client's. */
export async function openRelay(
  target: string,
  host: Partial<Host> = {},
  own: (params: Params) => Params = (params) => params,
) {
  const { core, lines } = bootTest("", undefined, [relayTo(target, own)], host);
  const client = createClient(core);
  const { session, code } = await client.open(RELAY_UUID);
  if (code !== TEE.SUCCESS) throw new Error(`0x${code.toString(16)}`);
  return {
    core,
    lines,
    client,
    invoke: async (command: number, params: Params, signal?: AbortSignal): Promise<number> =>
      (await client.invoke(session, command, params, signal)).code,
    close: () => client.close(session),
  };
}
