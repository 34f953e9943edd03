// Result codes of GlobalPlatform's TEE Client API 1.0 and TEE Internal Core API 1.3.1, as OP-TEE numbers them.

/** Result codes by their name without `TEE_ERROR_` (`TEEC_ERROR_` at the client, same numbers). */
export const TEE = {
  SUCCESS: 0,
  DEFER_DRIVER_INIT: 0x80000000,
  NODE_DISABLED: 0x80000001,
  CORRUPT_OBJECT: 0xf0100001,
  CORRUPT_OBJECT_2: 0xf0100002,
  STORAGE_NOT_AVAILABLE: 0xf0100003,
  STORAGE_NOT_AVAILABLE_2: 0xf0100004,
  UNSUPPORTED_VERSION: 0xf0100005,
  CIPHERTEXT_INVALID: 0xf0100006,
  GENERIC: 0xffff0000,
  ACCESS_DENIED: 0xffff0001,
  CANCEL: 0xffff0002,
  ACCESS_CONFLICT: 0xffff0003,
  EXCESS_DATA: 0xffff0004,
  BAD_FORMAT: 0xffff0005,
  BAD_PARAMETERS: 0xffff0006,
  BAD_STATE: 0xffff0007,
  ITEM_NOT_FOUND: 0xffff0008,
  NOT_IMPLEMENTED: 0xffff0009,
  NOT_SUPPORTED: 0xffff000a,
  NO_DATA: 0xffff000b,
  OUT_OF_MEMORY: 0xffff000c,
  BUSY: 0xffff000d,
  COMMUNICATION: 0xffff000e,
  SECURITY: 0xffff000f,
  SHORT_BUFFER: 0xffff0010,
  EXTERNAL_CANCEL: 0xffff0011,
  TIMEOUT: 0xffff3001,
  OVERFLOW: 0xffff300f,
  TARGET_DEAD: 0xffff3024,
  STORAGE_NO_SPACE: 0xffff3041,
  MAC_INVALID: 0xffff3071,
  SIGNATURE_INVALID: 0xffff3072,
  TIME_NOT_SET: 0xffff5000,
  TIME_NEEDS_RESET: 0xffff5001,
} as const;

/** Short name of a result code: a key of `TEE`. */
export type ErrorName = keyof typeof TEE;

/** One line of help for each result code. */
export const ERROR_HELP: Readonly<Record<ErrorName, string>> = {
  SUCCESS: "success",
  DEFER_DRIVER_INIT: "a driver waits for another driver; seen only while OP-TEE boots",
  NODE_DISABLED: "the device tree switches this device off",
  CORRUPT_OBJECT: "a stored object is damaged and was deleted",
  CORRUPT_OBJECT_2: "an object in the second storage is damaged",
  STORAGE_NOT_AVAILABLE: "secure storage cannot be reached; is tee-supplicant running?",
  STORAGE_NOT_AVAILABLE_2: "the second storage cannot be reached",
  UNSUPPORTED_VERSION: "the other side speaks an unknown version",
  CIPHERTEXT_INVALID: "the encrypted data has a form its algorithm cannot take",
  GENERIC: "no reason given; look at the secure console",
  ACCESS_DENIED: "the caller may not do this",
  CANCEL: "the caller cancelled it",
  ACCESS_CONFLICT: "another owner has this object open and excludes this access",
  EXCESS_DATA: "more data than the request allows",
  BAD_FORMAT: "the input is not in the expected form",
  BAD_PARAMETERS: "an argument, or its type, is wrong",
  BAD_STATE: "not possible in this state",
  ITEM_NOT_FOUND: "the item does not exist; for --stats --ta: no TA is loaded",
  NOT_IMPLEMENTED: "this function exists but is not implemented",
  NOT_SUPPORTED: "not built in; for --stats --ta: build the core with CFG_TA_STATS=y",
  NO_DATA: "no data is available",
  OUT_OF_MEMORY: "an allocation failed in a heap or a pool",
  BUSY: "in use at the moment; try again",
  COMMUNICATION: "the connection between the worlds failed",
  SECURITY: "a security check failed, for example a signature",
  SHORT_BUFFER: "the buffer is too small; its size field now holds the required size",
  EXTERNAL_CANCEL: "cancelled from outside, for example because a process ended",
  TIMEOUT: "it took too long",
  OVERFLOW: "a number or a position left its range",
  TARGET_DEAD: "the TA panicked; its session has ended",
  STORAGE_NO_SPACE: "secure storage is full",
  MAC_INVALID: "a message authentication code does not match",
  SIGNATURE_INVALID: "a signature does not match",
  TIME_NOT_SET: "no persistent time was ever set",
  TIME_NEEDS_RESET: "the persistent time can no longer be trusted",
};

const NAMES: ReadonlyMap<number, ErrorName> = new Map(
  (Object.keys(TEE) as ErrorName[]).map((name) => [TEE[name], name] as const),
);

/** The short name of a result code, `undefined` for one that is not in the table. Takes signed and unsigned codes. */
export function errorName(code: number): ErrorName | undefined {
  return NAMES.get(code >>> 0);
}

/** The name as C spells it, `TEE_ERROR_BUSY` (or `TEEC_…`); an unknown code as `0x%08x`. */
export function errorText(code: number, prefix: "TEE" | "TEEC" = "TEE"): string {
  const name = errorName(code);
  if (name === undefined) return `0x${(code >>> 0).toString(16).padStart(8, "0")}`;
  return name === "SUCCESS" ? `${prefix}_SUCCESS` : `${prefix}_ERROR_${name}`;
}

/** The number behind a name, with or without its prefix; `undefined` for an unknown name. */
export function errorCode(name: string): number | undefined {
  const short = name.replace(/^TEEC?_(ERROR_)?/, "");
  return Object.hasOwn(TEE, short) ? TEE[short as ErrorName] : undefined;
}
