// All system calls of an entry into a TA: what its library stands on, be it in TypeScript or in C.
import type { Core } from "../../kernel/core.ts";
import type { TaEntry } from "../../kernel/user_app.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { cryptoOf } from "../keys/crypto_subsystem.ts";
import { type AsymmetricCalls, asymmetricCalls } from "./asymmetric.ts";
import { type AuthencCalls, authencCalls } from "./authenc.ts";
import { type CipherCalls, cipherCalls } from "./ciphers.ts";
import { type HashCalls, hashCalls } from "./hashes.ts";
import { type ObjectCalls, objectCalls } from "./objects.ts";
import { type StateCalls, stateCalls } from "./states.ts";
import { type StorageCalls, storageCalls } from "./storage.ts";
import { type SystemCalls, systemCalls } from "./system.ts";

/** Each is named as C's `_utee_…`, and returns its code. */
export interface Syscalls
  extends SystemCalls,
    ObjectCalls,
    StateCalls,
    HashCalls,
    CipherCalls,
    AuthencCalls,
    AsymmetricCalls,
    StorageCalls {}

/** The system calls of an entry. They take the core heap, never that of the TA. */
export function createSyscalls(core: Core, entry: TaEntry): Syscalls {
  const { instance } = entry;
  const env: CryptoEnv = { core, held: cryptoOf(instance), provider: core.host.crypto };
  return {
    ...systemCalls(core, entry),
    ...objectCalls(env, instance),
    ...stateCalls(env),
    ...hashCalls(env),
    ...cipherCalls(env),
    ...authencCalls(env),
    ...asymmetricCalls(env),
    ...storageCalls(core, entry),
  };
}
