// The algorithms of a system: those for which its provider has all parts.
import type { CryptoProvider } from "../../kernel/host/provider.ts";
import { ALGORITHMS, type Algorithm } from "./algorithms.ts";

/** An algorithm by its id; null if this system lacks a part of it. */
export function supportedAlgorithm(provider: CryptoProvider | undefined, id: number): Algorithm | null {
  const algorithm = ALGORITHMS.get(id);
  if (algorithm === undefined || provider === undefined) return null;
  const { work } = algorithm;
  if ("hash" in work && work.hash !== null && provider.hash(work.hash) === null) return null;
  if (work.kind === "sm2" && (provider.hash("sm3") === null || provider.curve("sm2") === null)) return null;
  if ("cipher" in work && provider.cipher(work.cipher, trialKey(work.cipher)) === null) return null;
  return algorithm;
}

function trialKey(cipher: "aes" | "des" | "des3" | "sm4"): Uint8Array {
  return new Uint8Array(cipher === "des" ? 8 : 16);
}
