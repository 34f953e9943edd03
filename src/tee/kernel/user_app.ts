// A TA as the kernel sees it: what it loads, and where it enters. Its library is its own.
import type { MallocContext } from "../../malloc/context.ts";
import type { AddressSpace } from "./address_space.ts";
import type { AppFacts } from "./app_facts.ts";
import type { Params } from "./params.ts";
import type { Call, OpenSession, TaInstance } from "./ta_instance.ts";

/** A TEE code, now or later. */
export type Code = number | Promise<number>;

/** An entry into an instance on behalf of a call. */
export interface TaEntry {
  readonly instance: TaInstance;
  /** Of the call; none where a session is closed or the instance goes. */
  readonly params: Params;
  /** The session that is opened, called or closed; 0 where the instance is destroyed. */
  readonly session: OpenSession;
  readonly call: Call;
}

/** Entry points return TEE codes, and are called one at a time in an instance. What they throw is a panic. */
export interface UserApp extends AppFacts {
  /** Before an instance is loaded; absent where there is nothing to wait for. */
  prepare?(): Promise<void>;
  /**
   * Brings memory of its own: the heap of an instance that is loaded, and what belongs to it in `states`; null where there is no
   * memory. Without it the kernel makes a heap of the layout's size.
   */
  load?(states: TaInstance["states"]): MallocContext | null;
  /** Before the first session of an instance. */
  create(entry: TaEntry): Code;
  open(entry: TaEntry): Code;
  invoke(entry: TaEntry, command: number): Code;
  close(entry: TaEntry): Promise<void>;
  /** Behind the last session, if `create` succeeded. */
  destroy(entry: TaEntry): Promise<void>;
  /** The address space of an instance; a TA in TypeScript has none. */
  space?(instance: TaInstance): AddressSpace;
}
