// Curves that keys can name: TEE_ECC_CURVE_….

import type { CurveName } from "../../kernel/host/key_provider.ts";
import { CURVE } from "./ids.ts";

/** Name for the provider, and bits of a coordinate, by the ids of `CURVE`. SM2's keys name none. */
export const CURVES: ReadonlyMap<number, { readonly name: CurveName; readonly bits: number }> = new Map([
  [CURVE.NIST_P192, { name: "p192", bits: 192 }],
  [CURVE.NIST_P224, { name: "p224", bits: 224 }],
  [CURVE.NIST_P256, { name: "p256", bits: 256 }],
  [CURVE.NIST_P384, { name: "p384", bits: 384 }],
  [CURVE.NIST_P521, { name: "p521", bits: 521 }],
]);
