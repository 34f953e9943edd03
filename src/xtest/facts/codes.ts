// Finds the result code, its origin and the function in a line, as programs of either world write them.
import { errorCode, errorName, errorText, TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";

/** What a line says of a failed call. */
export interface LineOutcome {
  readonly code?: number;
  readonly origin?: number;
  /** `TEEC_OpenSession`, `TEE_Malloc`, `C_GenerateKeyPair` … as far as the line names one. */
  readonly call?: string;
}

/** Codes that report a failure of memory, or of what looks like it. Others are normal results: a missing file, a rejected test. */
export const TELLING: ReadonlySet<number> = new Set([
  TEE.OUT_OF_MEMORY,
  TEE.BUSY,
  TEE.TARGET_DEAD,
  TEE.STORAGE_NO_SPACE,
]);

/** The forms in which a telling code stands in a line. */
export const TELLING_WORDS: readonly string[] = [...TELLING].flatMap((code) => [
  code.toString(16),
  String(code),
  String(code | 0),
  errorText(code).slice("TEE_ERROR_".length),
]);

const NUMBER = /(?:^|[^\w.])(?:0x)?((?:ffff|f010|8000)[\da-f]{4})(?!\w)|-(\d{5,9})(?!\d)|\b(429\d{7})\b/gi;
const NAME = /\bTEEC?_(?:ERROR_[A-Z_\d]+|SUCCESS\b)/g;
const FINE = /\b(?:res|rc|ret|rv|result|err|error|code|status)\b ?(?:=|:|is|with|value)? ?(?:0x)?0+(?![\dx])/i;
/** Registers of an abort hold anything. */
const REGISTERS = /\b(?:[xr]\d{1,2}|cpsr|esr|fsr|elr|sp_el0|ttbr[01]) {1,4}(?:0x)?[\da-f]{8}/;
const ORIGINS = [
  /\b(?:err_?|ret_?|return_?)?orig(?:in)?["']?[ =:(]+(?:0x)?0*([1-4])\b/i,
  /(?:ffff|f010)[\da-f]{4} (?:of|from|\/) ?(?:0x)?([1-4])\b/i,
] as const;
const ORIGIN_NAME = /\bTEEC?_ORIGIN_(API|COMMS|TEE|TRUSTED_APP)\b/;
/** Names of constants have no small letters. */
const CALL = /\b(?:TEEC?_[A-Z]+[a-z]\w+|C_[A-Z][a-z]\w+|tee_(?:client|shm)_\w+)/;
/** Functions of upstream's tests that wrap one of the TEE's. */
const WRAPPERS: readonly (readonly [RegExp, string])[] = [
  [/\bxtest_teec_open_(?:static_)?session\b/, "TEEC_OpenSession"],
  [/\bta_crypt_cmd_(?:allocate|free|reset)_operation\b/, "TEE_AllocateOperation"],
  [/\bta_crypt_cmd_\w+/, "TEE_AllocateTransientObject"],
  [/\bfs_(?:create|open|write|rename|trunc|seek)\w*/, "TEE_CreatePersistentObject"],
];
const CLIENT_CALLS: ReadonlyMap<string, string> = new Map(
  ["OpenSession", "InvokeCommand", "AllocateSharedMemory", "RegisterSharedMemory", "InitializeContext"].map((name) => [
    `teec_${name.toLowerCase()}`,
    `TEEC_${name}`,
  ]),
);

/** Everything that a line says. */
export function outcomeOf(text: string): LineOutcome {
  const code = codeIn(text);
  const origin = originIn(text);
  const call = callIn(text);
  return {
    ...(code === undefined ? {} : { code }),
    ...(origin === undefined ? {} : { origin }),
    ...(call === undefined ? {} : { call }),
  };
}

/** The first error code in a line; 0 if it only says that something worked; `undefined` if it has none. */
function codeIn(line: string): number | undefined {
  // xtest prints what it got, then what it expected.
  const text = line.split(", expected ", 1)[0] ?? "";
  const [name] = text.match(NAME)?.filter((one) => !one.endsWith("SUCCESS")) ?? [];
  const named = name === undefined ? undefined : errorCode(name);
  if (named !== undefined) return named;
  if (!REGISTERS.test(text))
    for (const [, hex, negative, unsigned] of text.matchAll(NUMBER)) {
      const value =
        hex === undefined ? Number(negative === undefined ? unsigned : -Number(negative)) : Number(`0x${hex}`);
      const code = value >>> 0;
      if (errorName(code) !== undefined || hex?.toLowerCase().startsWith("ffff") === true) return code;
    }
  return FINE.test(text) || /\bTEEC?_SUCCESS\b/.test(text) ? TEE.SUCCESS : undefined;
}

/** The origin of the code: 1 to 4; `undefined` if the line has none. */
function originIn(text: string): number | undefined {
  for (const form of ORIGINS) {
    const digit = form.exec(text)?.[1];
    if (digit !== undefined) return Number(digit);
  }
  const name = ORIGIN_NAME.exec(text)?.[1];
  return name === undefined ? undefined : ORIGIN[name as keyof typeof ORIGIN];
}

/** The function that a line names, as its API spells it. */
function callIn(text: string): string | undefined {
  const wrapped = WRAPPERS.find(([form]) => form.test(text));
  if (wrapped !== undefined) return wrapped[1];
  const call = CALL.exec(text)?.[0];
  return call === undefined ? undefined : (CLIENT_CALLS.get(call.toLowerCase()) ?? call);
}
