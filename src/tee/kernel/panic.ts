// The end of a TA, as an error.
import { DeepError } from "../../base/deep_error.ts";

/** Ends a TA: TEE_Panic, a failed assertion of its heap, or an exception it did not expect. */
export class TaPanic extends DeepError {
  override readonly name = "TaPanic";
  /** The panic code of the TA; 0 if it had none. */
  readonly code: number;

  constructor(code: number, why = `TEE_Panic(0x${code.toString(16)})`) {
    super(why);
    this.code = code;
  }
}
