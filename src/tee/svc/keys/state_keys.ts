// The keys that a state takes: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, syscall_cryp_state_alloc.
import type { Algorithm } from "../crypto/algorithms.ts";
import { MODE } from "../crypto/ids.ts";
import type { CryptoState, KeyObject } from "../crypto/state.ts";

/** Modes for which the public half of a pair is enough. */
const PUBLIC: readonly number[] = [MODE.ENCRYPT, MODE.VERIFY];

/** How many there are. */
function count({ work, key }: Algorithm): number {
  if (key === 0) return 0;
  const two = (work.kind === "cipher" && work.mode === "xts") || (work.kind === "sm2" && work.does === "agree");
  return two ? 2 : 1;
}

/** Types that one may have. SM2's are strict: the public half where that is enough, and the pair elsewhere. */
function typesOf({ work, key, pair }: Algorithm, mode: number): readonly number[] {
  if (pair === 0) return [key];
  if (work.kind === "sm2" && work.does === "agree") return [key, pair];
  if (work.kind === "sm2") return [PUBLIC.includes(mode) ? key : pair];
  return PUBLIC.includes(mode) ? [key, pair] : [pair];
}

/** Whether an object belongs to a state. */
export function isBusy({ states }: CryptoState, object: KeyObject): boolean {
  return [...states.values()].some(({ keys }) => keys.includes(object));
}

/** False for keys of another type or number, for those of another state or of a persistent object, and for one twice. */
export function keysFit(held: CryptoState, algorithm: Algorithm, mode: number, keys: readonly KeyObject[]): boolean {
  const types = typesOf(algorithm, mode);
  const fits = (key: KeyObject): boolean => types.includes(key.type.id) && !key.persistent && !isBusy(held, key);
  return keys.length === count(algorithm) && new Set(keys).size === keys.length && keys.every(fits);
}
