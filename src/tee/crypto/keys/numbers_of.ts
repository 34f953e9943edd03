import { toNumber } from "../bytes.ts";
import { refuse } from "../env.ts";
import type { Operation } from "../state.ts";

/** A number of an operation's key. Panics if the key lacks it. */
export function numberOf({ keys }: Operation, id: number): bigint {
  const data = keys[0]?.refs.get(id) ?? refuse("the key lacks a part");
  return toNumber(data);
}

/** A number of an operation's key that it may lack. */
export function optionalNumber({ keys }: Operation, id: number): bigint | null {
  const data = keys[0]?.refs.get(id);
  return data === undefined ? null : toNumber(data);
}
