// Bytes that a dump lacks.

export interface Gap {
  readonly at: number;
  readonly length: number;
}

/** Whether one of some gaps lies in a range. */
export function touches(gaps: readonly Gap[], { at, length }: Gap): boolean {
  return gaps.some((gap) => gap.at < at + length && at < gap.at + gap.length);
}
