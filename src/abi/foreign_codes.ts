// Result codes of those who stand between a program and the TEE: PKCS#11 2.40, Linux, Android's Keymaster 4, TPM 2.0.

/** Whose code it is. */
type CodeFamily = "PKCS#11" | "Linux" | "Keymaster" | "TPM 2.0";

/** A result code that is none of the TEE's. */
export interface ForeignCode {
  readonly family: CodeFamily;
  readonly name: string;
  /** As its family counts it: errno and Keymaster are negative. */
  readonly value: number;
  readonly help: string;
}

/** Codes that a failed allocation, or a full store, ends in; and those that stand for any failure. */
const FOREIGN_CODES = [
  {
    family: "PKCS#11",
    name: "CKR_HOST_MEMORY",
    value: 0x2,
    help: "the PKCS#11 library lacked memory in its own process",
  },
  { family: "PKCS#11", name: "CKR_GENERAL_ERROR", value: 0x5, help: "no reason given; look at the secure console" },
  { family: "PKCS#11", name: "CKR_FUNCTION_FAILED", value: 0x6, help: "no reason given; look at the secure console" },
  {
    family: "PKCS#11",
    name: "CKR_DEVICE_ERROR",
    value: 0x30,
    help: "the PKCS#11 TA could not be opened, or does not answer",
  },
  {
    family: "PKCS#11",
    name: "CKR_DEVICE_MEMORY",
    value: 0x31,
    help: "the PKCS#11 TA, or the core for it, lacked memory",
  },
  { family: "PKCS#11", name: "CKR_SESSION_COUNT", value: 0xb1, help: "the token has all the sessions it can have" },
  { family: "Linux", name: "EAGAIN", value: -11, help: "try again" },
  { family: "Linux", name: "ENOMEM", value: -12, help: "Linux, or its TEE driver, lacked memory" },
  { family: "Linux", name: "EBUSY", value: -16, help: "in use at the moment" },
  { family: "Linux", name: "ENOSPC", value: -28, help: "a file system or a device is full" },
  {
    family: "Keymaster",
    name: "KM_ERROR_INSUFFICIENT_BUFFER_SPACE",
    value: -29,
    help: "a buffer is too small for the answer",
  },
  {
    family: "Keymaster",
    name: "KM_ERROR_TOO_MANY_OPERATIONS",
    value: -31,
    help: "the Keymaster TA has no operation left",
  },
  {
    family: "Keymaster",
    name: "KM_ERROR_MEMORY_ALLOCATION_FAILED",
    value: -41,
    help: "the Keymaster TA lacked memory",
  },
  { family: "Keymaster", name: "KM_ERROR_SECURE_HW_BUSY", value: -48, help: "the TEE is busy" },
  {
    family: "Keymaster",
    name: "KM_ERROR_SECURE_HW_COMMUNICATION_FAILED",
    value: -49,
    help: "the TEE did not answer",
  },
  { family: "TPM 2.0", name: "TPM_RC_NV_SPACE", value: 0x14b, help: "the TPM's non-volatile memory is full" },
  {
    family: "TPM 2.0",
    name: "TPM_RC_OBJECT_MEMORY",
    value: 0x902,
    help: "the TPM has no memory for another loaded object",
  },
  { family: "TPM 2.0", name: "TPM_RC_SESSION_MEMORY", value: 0x903, help: "the TPM has no memory for another session" },
  { family: "TPM 2.0", name: "TPM_RC_MEMORY", value: 0x904, help: "the TPM has no memory for its own work" },
  { family: "TPM 2.0", name: "TPM_RC_SESSION_HANDLES", value: 0x905, help: "the TPM has no session handle left" },
  { family: "TPM 2.0", name: "TPM_RC_OBJECT_HANDLES", value: 0x906, help: "the TPM has no object handle left" },
] as const satisfies readonly ForeignCode[];

/** Name of a code in the table. */
export type ForeignName = (typeof FOREIGN_CODES)[number]["name"];

/** The code with this name, in any case, with the prefix of another version of its family, or none. */
export function foreignByName(name: string): ForeignCode | undefined {
  const upper = name.toUpperCase().replace(/^-|^(?:PKCS11_|ERRORCODE::|KM_ERROR_)/, "");
  const plain = upper.replace(/^TPM2_/, "TPM_");
  return FOREIGN_CODES.find((code) => code.name === plain || code.name === `KM_ERROR_${plain}`);
}

/** The code with this number: as its family counts it, errno also without its sign, or as 32 bits without a sign. */
export function foreignByValue(value: number): ForeignCode | undefined {
  const signed = value > 0x7fffffff ? value | 0 : value;
  return (
    FOREIGN_CODES.find((code) => code.value === signed) ??
    FOREIGN_CODES.find(({ family, value: own }) => family === "Linux" && own === -signed)
  );
}

/** `CKR_DEVICE_MEMORY (0x31)`, `ENOMEM (-12)`. */
export function foreignText({ name, value }: ForeignCode): string {
  return `${name} (${value < 0 ? value : `0x${value.toString(16)}`})`;
}
