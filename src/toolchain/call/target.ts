// The two layouts that a TA can have.

export type Target = "wasm64" | "wasm32";

/** Bytes of a pointer. */
export const WORD: Readonly<Record<Target, 4 | 8>> = { wasm64: 8, wasm32: 4 };
