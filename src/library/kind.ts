// What a view of a block can be: a typed array of any kind, or a DataView.
import { valueText } from "../malloc/arguments.ts";

/** The constructor of what a view has: a typed array's, such as `Float32Array`, or `DataView`. */
export type ViewKind =
  | Int8ArrayConstructor
  | Uint8ArrayConstructor
  | Uint8ClampedArrayConstructor
  | Int16ArrayConstructor
  | Uint16ArrayConstructor
  | Int32ArrayConstructor
  | Uint32ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor
  | BigInt64ArrayConstructor
  | BigUint64ArrayConstructor
  | DataViewConstructor;

/** Typed arrays by their name, over a buffer of one type. */
interface ArraysByName<B extends ArrayBufferLike> {
  readonly Int8Array: Int8Array<B>;
  readonly Uint8Array: Uint8Array<B>;
  readonly Uint8ClampedArray: Uint8ClampedArray<B>;
  readonly Int16Array: Int16Array<B>;
  readonly Uint16Array: Uint16Array<B>;
  readonly Int32Array: Int32Array<B>;
  readonly Uint32Array: Uint32Array<B>;
  readonly Float32Array: Float32Array<B>;
  readonly Float64Array: Float64Array<B>;
  readonly BigInt64Array: BigInt64Array<B>;
  readonly BigUint64Array: BigUint64Array<B>;
}

/** What a kind makes over a buffer of type `B`: of `Uint8ArrayConstructor` a `Uint8Array<B>`. */
export type ViewArray<K extends ViewKind = ViewKind, B extends ArrayBufferLike = ArrayBufferLike> = K extends {
  readonly prototype: { readonly [Symbol.toStringTag]: infer N extends keyof ArraysByName<B> };
}
  ? ArraysByName<B>[N]
  : DataView<B>;

/** Bytes of an element; a `DataView` counts bytes. */
export function elementSize(kind: ViewKind): number {
  return "BYTES_PER_ELEMENT" in kind ? kind.BYTES_PER_ELEMENT : 1;
}

/** Throws unless the value is the constructor of a typed array or `DataView`. */
export function expectKind(kind: ViewKind): void {
  if (typeof kind === "function" && ("BYTES_PER_ELEMENT" in kind || kind.name === "DataView")) return;
  throw new TypeError(
    `kind is ${valueText(kind)}: give a typed array's constructor, such as Float32Array, or DataView`,
  );
}

/** Makes the array over a part of a buffer. */
export function arrayOver<K extends ViewKind, B extends ArrayBufferLike>(
  kind: K,
  buffer: B,
  byteOffset: number,
  length: number,
): ViewArray<K, B> {
  // Which of the constructors it is, is known from K alone.
  return new (kind as Uint8ArrayConstructor)(buffer, byteOffset, length) as unknown as ViewArray<K, B>;
}
