// The TA of the article on `xtest --stats`: one instance that is there from its first session on. Its UUID is
// that of OP-TEE's trusted keys, with which Linux's driver keeps a session.
import { TEE } from "../../abi/errors.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";

export const KEEP_ALIVE_UUID = "f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c";

/** Has no command that does anything: its heap shows what the library alone needs, with and without a session. */
export const keepAlive: TrustedApp = {
  uuid: KEEP_ALIVE_UUID,
  name: "keep_alive",
  flags: { singleInstance: true, multiSession: true, keepAlive: true },
  layout: { textPages: 41, dataPages: 12, stackPages: 1, heapBase: 0x400466d0, heapLength: 32768 },
  invoke: () => TEE.SUCCESS,
};
