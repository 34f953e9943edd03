import type { CryptoApi } from "../api/crypto_api.ts";
import type { Core } from "../core.ts";
import type { TaInstance } from "../ta/ta_instance.ts";
import { asymmetricApi } from "./asymmetric.ts";
import { aeApi } from "./authenticated.ts";
import { digestApi } from "./digests.ts";
import type { CryptoEnv } from "./env.ts";
import { objectApi } from "./objects.ts";
import { operationApi } from "./operations.ts";
import { symmetricApi } from "./symmetric.ts";

/** Keys and cryptography for an instance. */
export function createCryptoApi(core: Core, { heap, crypto }: TaInstance): CryptoApi {
  const env: CryptoEnv = { core, heap, state: crypto, provider: core.platform.crypto };
  return {
    ...objectApi(env),
    ...operationApi(env),
    ...digestApi(env),
    ...symmetricApi(env),
    ...aeApi(env),
    ...asymmetricApi(env),
  };
}
