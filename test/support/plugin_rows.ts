// Rows of what the plugin of QEMU wrote, and the blocks that are live between them.
import { createPluginReader } from "../../src/recording/plugin_events.ts";
import type { Row } from "../../src/recording/rows.ts";

/** Reads pieces of the plugin's output. */
export function pluginRows(...pieces: (Uint8Array | string)[]) {
  const rows: Row[] = [];
  const reader = createPluginReader({ add: (row) => void rows.push(row) });
  for (const piece of pieces) reader.push(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
  return { rows, end: reader.end() };
}

/** True if after one of the rows exactly these blocks are live, each as `size place`; their order is not looked at. */
export function everLive(rows: readonly Row[], blocks: readonly string[]): boolean {
  const wanted = [...blocks].sort().join("\n");
  const live = new Map<number, string>();
  return rows.some(({ op, pointer = 0, size, result = 0, place }) => {
    if (op !== "add_pool" && pointer !== 0) live.delete(pointer);
    if (result !== 0) live.set(result, `${size} ${place}`);
    return live.size === blocks.length && [...live.values()].sort().join("\n") === wanted;
  });
}

/** The blocks in a leak list of OP-TEE, as `size place`. */
export function listedBlocks(console: string): string[] {
  return [...console.matchAll(/buffer: (\d+) bytes (\S+)/g)].map(([, size, place]) => `${size} ${place}`);
}
