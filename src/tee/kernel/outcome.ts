/** How a call ended: a TEE code and who returned it. */
export interface Outcome {
  readonly code: number;
  /** One of `ORIGIN`. */
  readonly origin: number;
}

/** A session, or why there is none. */
export type Opened = Outcome & { readonly session: number };
