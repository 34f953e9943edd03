// Rules for opening an object several times: GlobalPlatform TEE Internal Core API 1.1, 5.7.1.
import { DATA_FLAG } from "./flags.ts";

const { ACCESS_READ, ACCESS_WRITE, ACCESS_WRITE_META, SHARE_READ, SHARE_WRITE, OVERWRITE } = DATA_FLAG;

/** All flags there are. */
export const KNOWN_FLAGS = ACCESS_READ | ACCESS_WRITE | ACCESS_WRITE_META | SHARE_READ | SHARE_WRITE | OVERWRITE;

/** True if two handles with these flags cannot be on one object at the same time. */
export function conflict(one: number, other: number): boolean {
  if (((one | other) & ACCESS_WRITE_META) !== 0) return true;
  return refuses(one, other, ACCESS_READ, SHARE_READ) || refuses(one, other, ACCESS_WRITE, SHARE_WRITE);
}

/** One of them has the right, and not both are willing to share it. */
function refuses(one: number, other: number, right: number, share: number): boolean {
  return ((one | other) & right) !== 0 && (one & other & share) === 0;
}
