// Reads a result code as a user has it: the TEE's, or one of PKCS#11, Linux, Keymaster, a TPM; by name or by number.
import { errorCode, errorName } from "../../abi/errors.ts";
import { type ForeignCode, foreignByName, foreignByValue } from "../../abi/foreign_codes.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";

/** What the user saw: a code of the TEE, or of somebody between. */
type GivenCode = { readonly code: number } | { readonly foreign: ForeignCode };

const DECIMAL = /^-?\d{1,10}$/;
const HEX = /^0x[\da-f]{1,8}$/i;
const BARE_HEX = /^[\da-f]{8}$/i;

/** Takes `0xffff000c`, `ffff000c`, `-65524`, `TEE_ERROR_OUT_OF_MEMORY`, `CKR_DEVICE_MEMORY`, `0x31`, `-ENOMEM`, `-12`. */
export function parseCode(text: string): Result<GivenCode> {
  const code = errorCode(text.toUpperCase());
  if (code !== undefined) return ok({ code });
  const named = foreignByName(text);
  if (named !== undefined) return ok({ foreign: named });
  const number = DECIMAL.test(text) || HEX.test(text) ? Number(text) : BARE_HEX.test(text) ? Number(`0x${text}`) : NaN;
  if (!(number >= -0x80000000 && number <= 0xffffffff))
    return err(
      `--error: expected a code like 0xffff000c, -65524, TEE_ERROR_OUT_OF_MEMORY, CKR_DEVICE_MEMORY or ENOMEM, not '${clip(text)}'`,
    );
  const foreign = errorName(number) === undefined ? foreignByValue(number) : undefined;
  return ok(foreign === undefined ? { code: number >>> 0 } : { foreign });
}
