// JSON that a schema describes: the compiler compares what is printed with it, field by field.
import { type Printable, printableJson, shown } from "../../base/printable.ts";

/** What may be printed for a schema: large numbers, too, and what is never changed. */
type Prints<S> = S extends object ? { readonly [K in keyof S]: Prints<S[K]> } : number extends S ? S | bigint : S;

type KeysOf<S> = S extends unknown ? keyof S : never;
type FieldOf<S, K> = S extends unknown ? (K extends keyof S ? S[K] : never) : never;

/** The same as T; `never` at each field that the schema does not have. */
type Closed<T, S> = T extends string | number | bigint | boolean | null | undefined
  ? T
  : T extends readonly (infer E)[]
    ? readonly Closed<E, S extends readonly (infer F)[] ? F : never>[]
    : { readonly [K in keyof T]: K extends KeysOf<S> ? Closed<T[K], FieldOf<S, K>> : never };

/**
 * Prints values of S, the type of a schema: `describedJson<StatsJson>()(value)`. A value that lacks a field or has one more is an
 * error of the compiler. `indent`: blanks for each level; 0 for one line.
 */
export function describedJson<S>(): <T extends Prints<S>>(value: T & Closed<T, S>, indent?: number) => Printable {
  return (value, indent = 0) => shown`${printableJson(value, indent)}\n`;
}
