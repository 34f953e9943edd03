// The interface of a TA in TypeScript: GlobalPlatform TEE Internal Core API 1.1, entry points and properties.

import type { TaFlags, TaLayout } from "../kernel/app_facts.ts";
import type { Params } from "../kernel/params.ts";
import type { Code } from "../kernel/user_app.ts";
import type { InternalApi } from "./internal_api.ts";

/** One client's session, as the TA knows it. */
export interface TaSession {
  readonly id: number;
  /** What the TA keeps for the session: C's session context. */
  context: unknown;
}

/**
 * A TA in TypeScript. Entry points return TEE codes (nothing means SUCCESS), may be asynchronous, and
 * are called one at a time in an instance. What they throw is a panic.
 */
export interface TrustedApp {
  readonly uuid: string;
  readonly name: string;
  readonly flags: TaFlags;
  readonly layout: TaLayout;
  /** TA_CreateEntryPoint. Anything but success unloads the TA. */
  create?(tee: InternalApi): Code;
  /** TA_DestroyEntryPoint. */
  destroy?(tee: InternalApi): void | Promise<void>;
  /** TA_OpenSessionEntryPoint. Anything but success refuses the session. */
  openSession?(tee: InternalApi, session: TaSession, params: Params): Code;
  /** TA_CloseSessionEntryPoint. */
  closeSession?(tee: InternalApi, session: TaSession): void | Promise<void>;
  /** TA_InvokeCommandEntryPoint. */
  invoke(tee: InternalApi, session: TaSession, command: number, params: Params): Code;
}
