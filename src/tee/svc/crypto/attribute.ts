// Attributes of keys and of calls, as they cross the border of the system calls: GlobalPlatform TEE Internal Core API 1.1.

/** TEE_Attribute: a reference to bytes (numbers have the most significant byte first), or two 32-bit values. */
export type Attribute = RefAttribute | ValueAttribute;

export interface RefAttribute {
  readonly kind: "ref";
  /** One of `ATTR`, without the value bit 29. */
  readonly id: number;
  readonly data: Uint8Array;
}

export interface ValueAttribute {
  readonly kind: "value";
  /** One of `ATTR`, with the value bit 29. */
  readonly id: number;
  readonly a: number;
  readonly b: number;
}
