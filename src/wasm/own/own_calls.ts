// The TEE Internal Core API as imports of a TA that was built without OP-TEE's library: what device/ta leaves to its host.
import { TaPanic } from "../../tee/kernel/panic.ts";
import { replied } from "../../tee/svc/reply.ts";
import type { CallEnv, HostCall, HostCalls } from "../calls/call_env.ts";
import { arithmeticImports } from "./arithmetic.ts";
import { instanceImports } from "./instances.ts";
import { keyPairImports } from "./key_pairs.ts";
import { objectImports } from "./objects.ts";
import { digestImports, operationImports } from "./operations.ts";
import { type OwnEnv, ownEnv } from "./own_env.ts";
import { sessionImports } from "./sessions.ts";
import { storageImports } from "./storage.ts";
import { aeImports, cipherImports, macImports } from "./symmetric.ts";
import { systemImports, timeImports } from "./system.ts";

/** The prefix of functions with sizes of 32 bits behind pointers and in structures: for TAs of version 1.1 of the API. */
const GP11 = "__GP11_";

const WAITING = [
  "TEE_Wait",
  "TEE_OpenTASession",
  "TEE_InvokeTACommand",
  "TEE_CloseTASession",
  "TEE_GenerateKey",
  "TEE_DeriveKey",
];

/** The calls that may wait, and suspend the TA then. */
export const OWN_WAITS: ReadonlySet<string> = new Set(WAITING.flatMap((name) => [name, GP11 + name]));

const GROUPS = [
  instanceImports,
  systemImports,
  timeImports,
  sessionImports,
  objectImports,
  storageImports,
  operationImports,
  digestImports,
  cipherImports,
  macImports,
  aeImports,
  keyPairImports,
  arithmeticImports,
] as const;

/** By their names. What the API calls a programmer error, memory that is not the TA's among it, panics the TA. */
export function ownCalls(env: CallEnv): HostCalls {
  return { ...named("", ownEnv(env, env.memory.word)), ...named(GP11, ownEnv(env, 4)) };
}

function named(prefix: string, env: OwnEnv): HostCalls {
  const calls = Object.assign({}, ...GROUPS.map((group) => group(env))) as Record<string, HostCall>;
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [prefix + name, panicking(name, call)]));
}

type Answer = ReturnType<HostCall>;

/** A call that the core ends in its middle is one that the library does not come back from. */
function panicking(name: string, call: HostCall): HostCall {
  return (...args) => {
    const none: { readonly ended: boolean; readonly answer: Answer } = { ended: true, answer: undefined };
    const { ended, answer, code } = replied(none, () => ({ ended: false, answer: call(...args), code: 0 }));
    if (ended) throw panicOf(name, code);
    return answer;
  };
}

function panicOf(name: string, code: number): TaPanic {
  return new TaPanic(code, `${name}: 0x${code.toString(16)}`);
}
