// What the TEE_… imports of a TA stand on: the library in TypeScript, and the TA's memory in the words of C.

import { type AsymmetricSteps, asymmetricSteps } from "../../tee/utee/asymmetric.ts";
import { aeApi } from "../../tee/utee/authenticated.ts";
import { createStorageApi } from "../../tee/utee/create_storage_api.ts";
import type { AeApi, DigestApi, ObjectApi, OperationApi, SymmetricApi } from "../../tee/utee/crypto_api.ts";
import { digestApi } from "../../tee/utee/digests.ts";
import { libraryEnv } from "../../tee/utee/library_env.ts";
import { objectApi } from "../../tee/utee/objects.ts";
import { operationApi } from "../../tee/utee/operations.ts";
import type { StorageApi } from "../../tee/utee/storage_api.ts";
import { symmetricApi } from "../../tee/utee/symmetric.ts";
import type { CallEnv } from "../calls/call_env.ts";
import { userMemory } from "../calls/user_memory.ts";
import { type LibraryMemory, libraryMemory } from "./library_memory.ts";

/** The library, as it is for one entry. */
interface Library extends ObjectApi, OperationApi, DigestApi, SymmetricApi, AeApi, AsymmetricSteps, StorageApi {}

export interface OwnEnv extends CallEnv {
  readonly memory: LibraryMemory;
  /** For the entry that is being served. */
  library(): Library;
}

/** `sizeBytes`: see `LibraryMemory`. */
export function ownEnv(env: CallEnv, sizeBytes: 4 | 8): OwnEnv {
  const { core } = env;
  let made: { readonly entry: object; readonly library: Library } | null = null;
  return {
    ...env,
    memory: libraryMemory(env.memory, userMemory(env.memory), sizeBytes),
    library() {
      const entry = env.entry();
      if (made?.entry !== entry) made = { entry, library: libraryOf(libraryEnv(core, entry)) };
      return made.library;
    },
  };
}

function libraryOf(env: ReturnType<typeof libraryEnv>): Library {
  return {
    ...objectApi(env),
    ...operationApi(env),
    ...digestApi(env),
    ...symmetricApi(env),
    ...aeApi(env),
    ...asymmetricSteps(env),
    ...createStorageApi(env),
  };
}
