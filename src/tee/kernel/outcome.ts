/** How a call ended: a TEE code and who returned it. */
export interface Outcome {
  readonly code: number;
  /** One of `ORIGIN`. */
  readonly origin: number;
  /** Why, where a code does not say enough: the platform lacks what the call needs. */
  readonly why?: string;
}

/** A session, or why there is none. */
export type Opened = Outcome & { readonly session: number };
