/** An ELF file of one segment: a core file (type 4) or a program (type 2), as the System V ABI has them. */
export function elfOf(wide: boolean, type: number, address: number, bytes: Uint8Array): Uint8Array {
  const head = wide ? 64 : 52;
  const entry = wide ? 56 : 32;
  const file = new Uint8Array(head + entry + bytes.length);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, 1, 1]);
  const word = (at: number, value: number): void =>
    wide ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
  view.setUint16(16, type, true);
  word(wide ? 32 : 28, head);
  view.setUint16(wide ? 54 : 42, entry, true);
  view.setUint16(wide ? 56 : 44, 1, true);
  view.setUint32(head, 1, true);
  word(head + (wide ? 8 : 4), head + entry);
  word(head + (wide ? 16 : 8), address);
  word(head + (wide ? 32 : 16), bytes.length);
  file.set(bytes, head + entry);
  return file;
}
