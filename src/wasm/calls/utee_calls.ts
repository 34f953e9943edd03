// The system calls of OP-TEE 4.0.0 and later as imports of a TA: lib/libutee/include/utee_syscalls.h, the same in all of
// these releases.
import { coded, codedLater } from "../../tee/svc/reply.ts";
import { atomicSyscalls } from "./atomics.ts";
import { cacheSyscalls } from "./cache.ts";
import type { CallEnv, HostCall, HostCalls } from "./call_env.ts";
import { asymmetricSyscalls, objectSyscalls } from "./keys.ts";
import { authencSyscalls, cipherSyscalls, hashSyscalls, stateSyscalls } from "./operations.ts";
import { propertySyscalls } from "./properties.ts";
import { sessionSyscalls } from "./sessions.ts";
import { storageSyscalls } from "./storage.ts";
import { systemSyscalls, timeSyscalls } from "./system.ts";
import { userMemory } from "./user_memory.ts";

/** The calls that may wait, and suspend the TA then. */
export const WAITS: ReadonlySet<string> = new Set([
  "_utee_wait",
  "_utee_open_ta_session",
  "_utee_invoke_ta_command",
  "_utee_close_ta_session",
  "_utee_cryp_obj_generate_key",
  "_utee_cryp_derive_key",
]);

const GROUPS = [
  systemSyscalls,
  timeSyscalls,
  propertySyscalls,
  sessionSyscalls,
  cacheSyscalls,
  stateSyscalls,
  hashSyscalls,
  cipherSyscalls,
  authencSyscalls,
  objectSyscalls,
  asymmetricSyscalls,
  storageSyscalls,
] as const;

/** The system calls of an instance by their names, and the atomic counters. They return TEE codes. */
export function uteeCalls(env: CallEnv): HostCalls {
  const memory = userMemory(env.memory);
  const calls = Object.assign({}, ...GROUPS.map((group) => group(env, memory))) as Record<string, HostCall>;
  const answering = Object.entries(calls).map(([name, call]) => [name, answers(call, WAITS.has(name))] as const);
  return { ...Object.fromEntries(answering), ...atomicSyscalls(env.memory) };
}

/** The call with C's numbers, which have no sign, and with a code where it ends in its middle. */
function answers(call: HostCall, waits: boolean): HostCall {
  if (waits) return (...args) => codedLater(async () => (await call(...args.map(unsigned))) ?? 0);
  return (...args) => coded(() => (call(...args.map(unsigned)) as number | undefined) ?? 0);
}

/** WebAssembly's integers have a sign. */
function unsigned(value: number): number {
  if (value >= 0) return value;
  return value >= -(2 ** 31) ? value + 2 ** 32 : value + 2 ** 64;
}
