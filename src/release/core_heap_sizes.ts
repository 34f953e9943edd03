// CFG_CORE_HEAP_SIZE where nobody sets it: mk/config.mk, and the conf.mk of each platform, 4.0 to 4.10 and what comes after it.
import { ordinal } from "./ordinal.ts";

/** Of every platform that sets nothing else. Bytes. */
const USUAL = 65536;

/** By PLATFORM, or PLATFORM-FLAVOR where that decides: since which release, bytes. */
const SIZES: Readonly<Record<string, readonly (readonly [since: string, bytes: number])[]>> = {
  corstone1000: [["4.0", 131072]],
  d02: [["4.0", 98304]],
  d06: [
    ["4.0", 134217728],
    ["4.10", USUAL],
  ],
  hikey: [["4.0", 73728]],
  hisilicon: [["4.0", 131072]],
  imx: [["4.0", 131072]],
  ls: [["4.0", 131072]],
  marvell: [["4.0", 131072]],
  poplar: [["4.0", 98304]],
  sprd: [["4.0", 131072]],
  stm32mp1: [
    ["4.0", 49152],
    ["4.3", USUAL],
  ],
  stm32mp2: [["4.1", 262144]],
  telechips: [["4.5", 1048576]],
  versal: [
    ["4.0", 262144],
    ["4.11", 524288],
  ],
  versal2: [["4.5", 262144]],
  "vexpress-qemu_armv8a": [
    ["4.0", USUAL],
    ["4.2", 131072],
    ["4.5", 196608],
  ],
  "vexpress-qemu_sbsa": [
    ["4.0", USUAL],
    ["4.8", 196608],
  ],
  "vexpress-qemu_virt": [
    ["4.0", USUAL],
    ["4.5", 98304],
  ],
};

/** The sizes that some platform has in some release, the smallest first. Bytes. */
export const CORE_HEAP_SIZES: readonly number[] = [
  ...new Set([USUAL, ...Object.values(SIZES).flatMap((rows) => rows.map(([, bytes]) => bytes))]),
].toSorted((a, b) => a - b);

/** Bytes of CFG_CORE_HEAP_SIZE of a platform such as `vexpress-qemu_armv8a` or `imx-mx8mqevk`, in a release such as 4.10.0. */
export function coreHeapSize(platform: string, version: string): number {
  const rows = SIZES[platform] ?? SIZES[platform.split("-")[0] ?? ""] ?? [];
  return rows.findLast(([since]) => ordinal(since) <= ordinal(version))?.[1] ?? USUAL;
}
