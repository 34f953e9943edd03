// TAs that OP-TEE itself ships (its folder ta/), and others with an option of their own for the TA heap.
import type { Symptoms } from "./case.ts";
import { factsOf, has } from "./case.ts";

/** A TA whose heap is set elsewhere than in a TA of one's own. */
interface ShippedTa {
  readonly uuid: string;
  readonly name: string;
  /** The build option of OP-TEE OS; empty if it has none. */
  readonly knob: string;
  /** Where the size stands. */
  readonly place: string;
}

const SHIPPED: readonly ShippedTa[] = [
  {
    uuid: "fd02c9da-306c-48c7-a49c-bbd827ae86ee",
    name: "PKCS#11 TA",
    knob: "CFG_PKCS11_TA_HEAP_SIZE",
    place:
      "build OP-TEE OS with a larger CFG_PKCS11_TA_HEAP_SIZE (32 KiB by default; before 3.15 TA_DATA_SIZE in ta/pkcs11/src/user_ta_header_defines.h, 16 KiB)",
  },
  {
    uuid: "80a4c275-0a47-4905-8285-1486a9771a08",
    name: "remoteproc TA",
    knob: "CFG_REMOTEPROC_TA_HEAP_SIZE",
    place: "build OP-TEE OS with a larger CFG_REMOTEPROC_TA_HEAP_SIZE (4 KiB by default)",
  },
  {
    uuid: "cff7d191-7ca0-4784-af13-48223b9a4fbe",
    name: "Qualcomm PAS TA",
    knob: "CFG_PAS_TA_HEAP_SIZE",
    place: "build OP-TEE OS with a larger CFG_PAS_TA_HEAP_SIZE (4 KiB by default, 512 KiB where it checks firmware)",
  },
  {
    uuid: "023f8f1a-292a-432b-8fc4-de8471358067",
    name: "AVB TA",
    knob: "TA_DATA_SIZE",
    place: "raise TA_DATA_SIZE in ta/avb/user_ta_header_defines.h of OP-TEE OS",
  },
  {
    uuid: "f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c",
    name: "trusted keys TA",
    knob: "TA_DATA_SIZE",
    place: "raise TA_DATA_SIZE in ta/trusted_keys/user_ta_header_defines.h of OP-TEE OS",
  },
  {
    uuid: "5ca4d9d9-dee4-47f4-977a-7eadc060e52c",
    name: "app secrets TA",
    knob: "TA_DATA_SIZE",
    place: "raise TA_DATA_SIZE in ta/app_secrets/user_ta_header_defines.h of OP-TEE OS",
  },
];

/** TAs of upstream's tests: they panic and use wrong addresses on purpose. */
const TESTERS: ReadonlySet<string> = new Set([
  "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b",
  "cb3e5ba0-adf1-11e0-998b-0002a5d5c51b",
  "e6a33ed4-562b-463a-bb7e-ff5e15a493c8",
  "b689f2a7-8adf-477a-9f99-32e90c0ad0a2",
  "731e279e-aafb-4575-a771-38caa6f0cca6",
  "873bcd08-c2c3-11e6-a937-d0bf9c45c61c",
  "a4c04d50-f180-11e8-8eb2-f2801f1b9fd1",
  "528938ce-fc59-11e8-8eb2-f2801f1b9fd1",
]);

/** The shipped TA with this UUID. */
export function shippedTa(uuid: string): ShippedTa | undefined {
  return SHIPPED.find((one) => one.uuid === uuid.toLowerCase());
}

/** Whether a TA ends badly on purpose. */
export function isTester(uuid: string): boolean {
  return TESTERS.has(uuid.toLowerCase());
}

/** The shipped TA that these symptoms are about: counters with failures, a TA that was ended, or the log's own words. */
export function shippedIn(symptoms: Symptoms): ShippedTa | undefined {
  const { tas = [], console, call, foreign } = symptoms;
  const failed = tas.filter(({ heap }) => (heap.failures ?? 0) > 0);
  if (failed.length > 0) return shippedTa(failed[0]?.uuid ?? "");
  const [pkcs11] = SHIPPED;
  if (foreign?.family === "PKCS#11" || call?.startsWith("C_") === true || has(symptoms, "pkcs11-memory")) return pkcs11;
  const refused = factsOf(symptoms, "ta-malloc");
  const words = factsOf(symptoms, "pkcs11-named");
  const near = refused.some((fact) => words.some(({ line }) => Math.abs(line - fact.line) <= NEAR));
  if (near) return pkcs11;
  const named = refused.at(-1)?.ta ?? console?.dumps.at(-1)?.uuid ?? factsOf(symptoms, "call-failed").at(-1)?.ta ?? "";
  return shippedTa(named);
}

/** Lines between a failure of the PKCS#11 TA and its own words. */
const NEAR = 12;
