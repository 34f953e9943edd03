// The values of GET_TIME: OP-TEE 4.0.0 core/pta/stats.c.
import { err, ok, type Result } from "../base/result.ts";
import type { ValueParam } from "./pager.ts";

/** A TEE_Time: unsigned 32-bit seconds, and milliseconds below 1000. */
export interface TeeTime {
  readonly seconds: number;
  readonly millis: number;
}

/** Both clocks. REE: the normal world's, since 1970. TEE: since OP-TEE started. */
export interface StatsTime {
  readonly ree: TeeTime;
  readonly tee: TeeTime;
}

/** The two output parameters of GET_TIME. */
export function encodeTime({ ree, tee }: StatsTime): readonly [ValueParam, ValueParam] {
  return [
    { a: ree.seconds, b: ree.millis },
    { a: tee.seconds, b: tee.millis },
  ];
}

/** Reads the output parameters of GET_TIME; fewer than two are an error. */
export function decodeTime([ree, tee]: readonly ValueParam[]): Result<StatsTime> {
  if (ree === undefined || tee === undefined) return err("GET_TIME answers with 2 value parameters");
  return ok({ ree: { seconds: ree.a, millis: ree.b }, tee: { seconds: tee.a, millis: tee.b } });
}
