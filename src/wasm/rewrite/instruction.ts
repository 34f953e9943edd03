// The instructions of a function body, one after the other: WebAssembly Core Specification, 5.4, with 64-bit memories.

/** Codes of the instructions that are looked at. */
export const OPCODE = {
  loop: 0x03,
  callIndirect: 0x11,
  returnCallIndirect: 0x13,
  tableGet: 0x25,
  tableSet: 0x26,
  firstLoad: 0x28,
  lastLoad: 0x35,
  firstStore: 0x36,
  lastStore: 0x3e,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  more: 0xfc,
  vector: 0xfd,
  atomic: 0xfe,
} as const;

/** Second codes behind `OPCODE.more`. */
export const MORE = { memoryInit: 8, memoryCopy: 10, memoryFill: 11, tableSize: 16 } as const;

/** What follows a code: unsigned numbers, a block's type, a place in memory; any other is read by hand. */
type Shape = "" | "u" | "uu" | "block" | "memory" | "hand";

const SHAPES: readonly (readonly [first: number, last: number, shape: Shape])[] = [
  [0x02, 0x04, "block"],
  [0x06, 0x06, "block"],
  [0x07, 0x09, "u"],
  [0x0c, 0x0d, "u"],
  [0x0e, 0x0e, "hand"],
  [0x10, 0x10, "u"],
  [0x11, 0x11, "uu"],
  [0x12, 0x12, "u"],
  [0x13, 0x13, "uu"],
  [0x14, 0x15, "u"],
  [0x18, 0x18, "u"],
  [0x1c, 0x1c, "hand"],
  [0x1f, 0x1f, "hand"],
  [0x20, 0x26, "u"],
  [0x28, 0x3e, "memory"],
  [0x3f, 0x42, "u"],
  [0x43, 0x44, "hand"],
  [0xd0, 0xd0, "u"],
  [0xd2, 0xd2, "u"],
  [0xfc, 0xfe, "hand"],
];

const SHAPE_OF: readonly Shape[] = Array.from(
  { length: 256 },
  (_, code) => SHAPES.find(([first, last]) => code >= first && code <= last)?.[2] ?? "",
);

/** The offset behind the instruction at an offset. */
export function behindInstruction(bytes: Uint8Array, at: number): number {
  const code = bytes[at] as number;
  switch (SHAPE_OF[code]) {
    case "u":
    case "block":
      return behindLeb(bytes, at + 1);
    case "uu":
      return behindLeb(bytes, behindLeb(bytes, at + 1));
    case "memory":
      return behindMemory(bytes, at + 1);
    case "hand":
      return byHand(bytes, code, at + 1);
    default:
      return at + 1;
  }
}

/** The offset behind a number, with or without a sign. */
export function behindLeb(bytes: Uint8Array, at: number): number {
  let next = at;
  while (((bytes[next++] ?? 0) & 0x80) !== 0);
  return next;
}

/** An unsigned number; exact below 2^53. */
export function lebAt(bytes: Uint8Array, at: number): number {
  let value = 0;
  let scale = 1;
  for (let next = at; ; next++, scale *= 0x80) {
    const byte = bytes[next] ?? 0;
    value += (byte & 0x7f) * scale;
    if ((byte & 0x80) === 0) return value;
  }
}

/** Alignment, the number of a memory where a bit says so, offset. */
function behindMemory(bytes: Uint8Array, at: number): number {
  const next = behindLeb(bytes, at);
  return behindLeb(bytes, (lebAt(bytes, at) & 0x40) === 0 ? next : behindLeb(bytes, next));
}

function behindLebs(bytes: Uint8Array, at: number, count: number): number {
  let next = at;
  for (let n = 0; n < count && next < bytes.length; n++) next = behindLeb(bytes, next);
  return next;
}

function byHand(bytes: Uint8Array, code: number, at: number): number {
  const first = lebAt(bytes, at);
  const next = behindLeb(bytes, at);
  if (code === 0x0e) return behindLebs(bytes, next, first + 1);
  if (code === 0x1c) return next + first;
  if (code === 0x1f) return behindCatches(bytes, next);
  if (code === 0x43 || code === 0x44) return at + (code === 0x43 ? 4 : 8);
  if (code === OPCODE.atomic) return first === 3 ? next + 1 : behindMemory(bytes, next);
  if (code === OPCODE.vector) return behindVector(bytes, first, next);
  if (first < MORE.memoryInit) return next;
  return behindLebs(bytes, next, first === 8 || first === 10 || first === 12 || first === 14 ? 2 : 1);
}

function behindCatches(bytes: Uint8Array, at: number): number {
  let next = behindLeb(bytes, at);
  for (let n = lebAt(bytes, at); n > 0 && next < bytes.length; n--)
    next = behindLebs(bytes, next + 1, (bytes[next] ?? 0) < 2 ? 2 : 1);
  return next;
}

function behindVector(bytes: Uint8Array, code: number, at: number): number {
  if (code === 12 || code === 13) return at + 16;
  if (code >= 21 && code <= 34) return at + 1;
  if (code >= 84 && code <= 91) return behindMemory(bytes, at) + 1;
  return code <= 11 || code === 92 || code === 93 ? behindMemory(bytes, at) : at;
}
