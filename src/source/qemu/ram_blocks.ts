// Reads QEMU's `info ramblock`: how long each RAM block is, and since QEMU 8.0 where it lies in QEMU's own memory.

/** A RAM block of QEMU. */
export interface RamBlock {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  /** Address in QEMU's memory; null where QEMU does not say it. */
  readonly host: number | null;
}

const ROW =
  /^ {0,24}(\S{1,200}) +\d+ [KMG]iB +0x[\da-f]{16} 0x[\da-f]{16} 0x([\da-f]{16})(?: 0x([\da-f]{16}) +r[ow])?$/;

/** The blocks in the order of the text. */
export function ramBlocks(text: string): RamBlock[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name, length, host] = ROW.exec(line) ?? [];
    if (name === undefined || length === undefined) return [];
    return [{ name, length: Number.parseInt(length, 16), host: host === undefined ? null : Number.parseInt(host, 16) }];
  });
}
