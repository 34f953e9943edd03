// Stands for optee_test 4.0.0's crypto TA: the same layout and allocations; commands.ts has its own UUID and commands.
import { TEE } from "../../../abi/errors.ts";
import { haveTypes } from "../../kernel/params.ts";
import type { TrustedApp } from "../../utee/trusted_app.ts";
import { aeCommands } from "./ae_commands.ts";
import { asymmetricCommands } from "./asymmetric_commands.ts";
import { BadArgument, type Handler, type Tables } from "./call.ts";
import { CRYPT_UUID, type CryptCommand, PARAMETERS } from "./commands.ts";
import { dataCommands } from "./data_commands.ts";
import { createHandleTable } from "./handles.ts";
import { objectCommands } from "./object_commands.ts";
import { operationCommands } from "./operation_commands.ts";

const HANDLERS: ReadonlyMap<number, Handler> = new Map(
  Object.entries({
    ...operationCommands,
    ...objectCommands,
    ...dataCommands,
    ...aeCommands,
    ...asymmetricCommands,
  }).map(([id, handler]) => [Number(id), handler]),
);

/** Makes calls of the Internal Core API for its client, one a command. */
export const crypt: TrustedApp = {
  uuid: CRYPT_UUID,
  name: "crypt",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: { textPages: 120, dataPages: 22, stackPages: 9, heapBase: 0x4009ca80, heapLength: 32752 },
  openSession(_tee, session) {
    session.context = { operations: createHandleTable(), objects: createHandleTable() } satisfies Tables;
    return TEE.SUCCESS;
  },
  async invoke(tee, session, command, params) {
    const handler = HANDLERS.get(command);
    if (handler === undefined) return TEE.NOT_SUPPORTED;
    if (!haveTypes(params, ...PARAMETERS[command as CryptCommand])) return TEE.BAD_PARAMETERS;
    try {
      return await handler({ tee, tables: session.context as Tables, params });
    } catch (error) {
      if (error instanceof BadArgument) return TEE.BAD_PARAMETERS;
      throw error;
    }
  },
};
