// TAs that OP-TEE itself ships (its folder ta/), and others with an option of their own for the TA heap.

/** A TA whose heap is set elsewhere than in a TA of one's own. */
export interface ShippedTa {
  readonly uuid: string;
  readonly name: string;
  /** The build option of OP-TEE OS; empty if it has none. */
  readonly knob: string;
  /** Where the size stands. */
  readonly place: string;
}

/** All of them. */
export const SHIPPED: readonly ShippedTa[] = [
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

/** The shipped TA with this UUID. */
export function shippedTa(uuid: string): ShippedTa | undefined {
  return SHIPPED.find((one) => one.uuid === uuid.toLowerCase());
}

/** The TA that answers for PKCS#11. */
export const PKCS11_TA: ShippedTa | undefined = SHIPPED[0];

/** The option that sets the heap of the TA with this UUID. */
export function knobOfTa(uuid: string): string {
  return shippedTa(uuid)?.knob || "TA_DATA_SIZE";
}
