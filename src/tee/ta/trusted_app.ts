// What a trusted application is to the system: GlobalPlatform TEE Internal Core API 1.1, entry points and properties.

import type { InternalApi } from "../api/internal_api.ts";
import type { Params } from "../params.ts";

/** A TEE code, now or later. */
export type Code = number | Promise<number>;

/** One client's session, as the trusted application knows it. */
export interface TaSession {
  readonly id: number;
  /** What the application keeps for the session: C's session context. */
  context: unknown;
}

/** How instances come and go: the flags of `user_ta_header_defines.h`. */
export interface TaFlags {
  /** One instance for all clients; else each session has its own. */
  readonly singleInstance: boolean;
  /** The single instance takes several sessions at a time. */
  readonly multiSession: boolean;
  /** The single instance stays when its last session closes. */
  readonly keepAlive: boolean;
}

/** Where and how large the parts of an application are, in pages of 4096 bytes, and its heap. */
export interface TaLayout {
  readonly textPages: number;
  /** Data, bss and heap. */
  readonly dataPages: number;
  readonly stackPages: number;
  /** Address of the heap, and its length as the linker left it. */
  readonly heapBase: number;
  readonly heapLength: number;
}

/**
 * A trusted application in TypeScript. Entry points return TEE codes (nothing means SUCCESS), may be asynchronous, and
 * are called one at a time in an instance. What they throw is a panic.
 */
export interface TrustedApp {
  readonly uuid: string;
  readonly name: string;
  readonly flags: TaFlags;
  readonly layout: TaLayout;
  create?(tee: InternalApi): Code;
  destroy?(tee: InternalApi): void | Promise<void>;
  openSession?(tee: InternalApi, session: TaSession, params: Params): Code;
  closeSession?(tee: InternalApi, session: TaSession): void | Promise<void>;
  invoke(tee: InternalApi, session: TaSession, command: number, params: Params): Code;
}
