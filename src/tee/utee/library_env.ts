// The environment of the library's functions: system calls, heap and operations of the instance, panics.
import { TEE } from "../../abi/errors.ts";
import type { MallocContext } from "../../malloc/context.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Core } from "../kernel/core.ts";
import type { CryptoProvider } from "../kernel/host/provider.ts";
import { TaPanic } from "../kernel/panic.ts";
import { type Subsystem, stateOf } from "../kernel/subsystem.ts";
import type { TaEntry } from "../kernel/user_app.ts";
import { createSyscalls, type Syscalls } from "../svc/calls/syscalls.ts";
import type { Operation } from "./operation.ts";

/** By handle. The blocks lie in the TA's heap, and go with it. */
type Operations = Map<number, Operation>;

const OPERATIONS: Subsystem<Operations> = { create: () => new Map() };

export interface LibraryEnv {
  readonly svc: Syscalls;
  readonly heap: MallocContext;
  readonly platform: Platform;
  readonly operations: Operations;
  readonly provider: CryptoProvider | undefined;
}

export function libraryEnv(core: Core, entry: TaEntry): LibraryEnv {
  const { instance } = entry;
  const operations = stateOf(instance, OPERATIONS);
  return {
    svc: createSyscalls(core, entry),
    heap: instance.heap,
    platform: core.platform,
    operations,
    provider: core.host.crypto,
  };
}

/** Ends the TA: it broke a rule of the API. */
export function raisePanic(why: string, code: number = TEE.BAD_PARAMETERS): never {
  throw new TaPanic(code, why);
}

/** Passes on SUCCESS and the codes that a function returns; panics with any other. */
export function expectCode(code: number, known: readonly number[] = []): number {
  return code === TEE.SUCCESS || known.includes(code)
    ? code
    : raisePanic(`a system call returned 0x${code.toString(16)}`, code);
}

/** The same for a reply. */
export function expectReply<T extends { readonly code: number }>(reply: T, known: readonly number[] = []): T {
  expectCode(reply.code, known);
  return reply;
}
