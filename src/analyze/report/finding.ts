/** One thing that a report found, in a sentence that says what to do. */
export interface HeapFinding {
  /** Which rule it is; stays the same from version to version. */
  readonly rule: string;
  /** `bad`: something failed; `warn`: something may; `note`: worth knowing. */
  readonly level: "bad" | "warn" | "note";
  readonly text: string;
}
