/** `_utee_return`: ends the entry that is being served, from wherever in the TA, with its code. */
export class EntryEnd extends Error {
  override readonly name = "EntryEnd";
  readonly code: number;

  constructor(code: number) {
    super(`_utee_return(0x${code.toString(16)})`);
    this.code = code;
  }
}
