// Finds the shipped TA that symptoms are about, and TAs that end badly on purpose.
import { PKCS11_TA, type ShippedTa, shippedTa } from "../shipped_tas.ts";
import type { Symptoms } from "./case.ts";
import { factsOf, has } from "./case.ts";

/** TAs of upstream's tests and of ours: they panic and use wrong addresses on purpose. */
const TESTERS: ReadonlySet<string> = new Set([
  "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b",
  "cb3e5ba0-adf1-11e0-998b-0002a5d5c51b",
  "5cbae579-cfdc-46e0-afe0-bf86c30e5c6c",
  "e6a33ed4-562b-463a-bb7e-ff5e15a493c8",
  "b689f2a7-8adf-477a-9f99-32e90c0ad0a2",
  "731e279e-aafb-4575-a771-38caa6f0cca6",
  "873bcd08-c2c3-11e6-a937-d0bf9c45c61c",
  "a4c04d50-f180-11e8-8eb2-f2801f1b9fd1",
  "528938ce-fc59-11e8-8eb2-f2801f1b9fd1",
]);

/** Whether a TA ends badly on purpose. */
export function isTester(uuid: string): boolean {
  return TESTERS.has(uuid.toLowerCase());
}

/** The shipped TA that these symptoms are about: counters with failures, a TA that was ended, or the log's own words. */
export function shippedIn(symptoms: Symptoms): ShippedTa | undefined {
  const { tas = [], console, call, foreign } = symptoms;
  const failed = tas.filter(({ heap }) => (heap.failures ?? 0) > 0);
  if (failed.length > 0) return shippedTa(failed[0]?.uuid ?? "");
  if (foreign?.family === "PKCS#11" || call?.startsWith("C_") === true || has(symptoms, "pkcs11-memory"))
    return PKCS11_TA;
  const refused = factsOf(symptoms, "ta-malloc");
  const words = factsOf(symptoms, "pkcs11-named");
  const near = refused.some((fact) => words.some(({ line }) => Math.abs(line - fact.line) <= NEAR));
  if (near) return PKCS11_TA;
  const named = refused.at(-1)?.ta ?? console?.dumps.at(-1)?.uuid ?? factsOf(symptoms, "call-failed").at(-1)?.ta ?? "";
  return shippedTa(named);
}

/** Lines between a failure of the PKCS#11 TA and its own words. */
const NEAR = 12;
