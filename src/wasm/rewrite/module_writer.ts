// Collects the bytes of a module that is being made.

export interface ModuleWriter {
  /** Bytes so far. */
  readonly length: number;
  u8(...bytes: readonly number[]): void;
  /** ULEB128 and SLEB128 of safe integers. */
  uleb(value: number): void;
  sleb(value: number): void;
  /** Copies `from` up to before `to`. */
  copy(source: Uint8Array, from?: number, to?: number): void;
  /** A view of what was written. */
  take(): Uint8Array;
}

export function createModuleWriter(capacity = 256): ModuleWriter {
  let bytes = new Uint8Array(capacity);
  let length = 0;
  const room = (more: number): void => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + more));
    larger.set(bytes);
    bytes = larger;
  };
  const one = (byte: number): void => {
    room(1);
    bytes[length++] = byte;
  };
  return {
    get length() {
      return length;
    },
    u8(...all) {
      for (const byte of all) one(byte);
    },
    uleb(value) {
      let rest = value;
      for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) one((rest % 0x80) | 0x80);
      one(rest);
    },
    sleb(value) {
      let rest = value;
      for (; rest < -0x40 || rest >= 0x40; rest = Math.floor(rest / 0x80)) one((((rest % 0x80) + 0x80) % 0x80) | 0x80);
      one(((rest % 0x80) + 0x80) % 0x80);
    },
    copy(source, from = 0, to = source.length) {
      room(to - from);
      bytes.set(source.subarray(from, to), length);
      length += to - from;
    },
    take: () => bytes.subarray(0, length),
  };
}
