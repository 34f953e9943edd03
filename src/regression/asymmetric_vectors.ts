// The vectors of test case 4006: data/vectors/regression_4006.json.
import type { Sourced, VectorFile } from "./vectors.ts";

export type KeyType = "rsa" | "dsa" | "ecdsa" | "sm2pke" | "sm2dsa";

/** A key pair of a vector file. */
export interface Key extends Sourced {
  readonly type: KeyType;
  readonly bits: number;
  /** ECDSA: one of `CURVE`. */
  readonly curve?: number;
  /** Numbers by the names of `KINDS`, hexadecimal, as long as the TA is to be given them. */
  readonly parts: Readonly<Record<string, string>>;
}

/** A sub case. Bytes are hexadecimal digits; absent ones are none. */
export interface AsymmetricVector extends Sourced {
  /** Upstream's number of it, and the line of its source that its title tells. */
  readonly case: number;
  readonly line: number;
  /** "0x60000030" */
  readonly algo: string;
  /** What is asked first: encryption is followed by decryption, and a signature that has chance in it is verified. */
  readonly call: "encrypt" | "decrypt" | "sign" | "verify";
  /** Name of the key. */
  readonly key: string;
  /** The key pair has RSA's numbers for the Chinese remainder theorem. */
  readonly crt?: boolean;
  /** There is no chance in the result: it is the published one. */
  readonly exact?: boolean;
  readonly plain?: string;
  readonly cipher?: string;
  /** Given with encryption alone, as in the recorded run: so it is the empty one, which decryption takes without it. */
  readonly label?: string;
  /** Algorithm of the digest that is signed. */
  readonly digest?: string;
  readonly message?: string;
  readonly signature?: string;
  /** PSS: bytes of its salt. */
  readonly salt?: number;
}

export interface AsymmetricFile extends VectorFile<AsymmetricVector> {
  readonly keys: Readonly<Record<string, Key>>;
}
