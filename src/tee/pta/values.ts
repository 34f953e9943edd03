// Values of a call: 32 bits each, and addresses in two of them, the upper half first.
import type { ValueParam } from "../../abi/pager.ts";
import type { Param } from "../kernel/params.ts";

const HALF = 2 ** 32;

/** The value of a parameter that has one; else zeros. */
export function numbersOf(param: Param): ValueParam {
  return param.type === "value" ? param.value : { a: 0, b: 0 };
}

/** Writes a value. */
export function setValue(param: Param, a: number, b = 0): void {
  if (param.type === "value") param.value = { a, b };
}

/** The address in the two halves of a value. */
export function pairOf(param: Param): number {
  const { a, b } = numbersOf(param);
  return a * HALF + b;
}

/** Writes an address into the two halves of a value. */
export function setPair(param: Param, address: number): void {
  setValue(param, Math.floor(address / HALF), address % HALF);
}
