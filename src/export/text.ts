// Collects text into chunks for a stream.
const CHUNK = 65536;

/** Collects text into pieces worth handing on. */
export interface Text {
  add(text: string): void;
  /** True once there is enough for a piece. */
  full(): boolean;
  /** What was collected; begins anew. */
  take(): string;
}

/** An empty one. */
export function createText(): Text {
  let pending = "";
  return {
    add(text) {
      pending += text;
    },
    full: () => pending.length >= CHUNK,
    take() {
      const text = pending;
      pending = "";
      return text;
    },
  };
}
