// What must be raised together with a build option. Facts of OP-TEE 4.0 to HEAD: core/arch/arm/kernel/kern.ld.S,
// core/arch/arm/include/mm/generic_ram_layout.h, core/mm/fobj.c and mk/config.mk; no text is theirs.
import { counted, grouped } from "../base/format.ts";
import { roundUp } from "../base/integer.ts";

/** What is known of a build and its memory; what is not known is left out. Bytes. */
export interface BuildFacts {
  /** Values of build options, as a conf.mk has them. */
  readonly options?: ReadonlyMap<string, string>;
  /** TEE RAM behind the core that nothing uses: VCORE_FREE in the boot log's memory map. */
  readonly spare?: number;
  /** What TAs may take, and what is free of it. */
  readonly taMemory?: number;
  readonly taFree?: number;
  /** The core has the pager. */
  readonly pager?: boolean;
}

const PAGE = 4096;
/** What one page table of a TA maps: 2 MiB, or 1 MiB on arm without LPAE. */
const TABLE = 2 ** 20;
/** What the pager keeps of each page of a TA on the core heap: an initialisation vector and a tag. */
const STATE = 24;

/** Sentences on what else changes where an option grows by so many bytes; none where nothing does. */
export function raisedTogether(option: string, by: number, facts: BuildFacts = {}): string[] {
  if (by <= 0) return [];
  if (option === "CFG_CORE_HEAP_SIZE" || option === "CFG_CORE_NEX_HEAP_SIZE")
    return facts.pager === true ? [withPager(by, facts)] : coreHeap(by, facts);
  if (option === "CFG_TZDRAM_SIZE") return [SECURE];
  return option === "TA_STACK_SIZE" || option === "TA_DATA_SIZE" || option.endsWith("_TA_HEAP_SIZE")
    ? ofTa(by, facts)
    : [];
}

const SECURE =
  "What loads OP-TEE (TF-A, the bootloader) and Linux's device tree must reserve the same area for CFG_TZDRAM_SIZE.";

function coreHeap(by: number, facts: BuildFacts): string[] {
  const lacking = facts.spare === undefined ? by : roundUp(Math.max(0, by - facts.spare), PAGE);
  if (facts.spare !== undefined && lacking === 0)
    return [
      `CFG_TEE_RAM_VA_SIZE${now("CFG_TEE_RAM_VA_SIZE", facts)} may stay: ${grouped(facts.spare)} bytes of TEE RAM lie unused behind the core.`,
    ];
  const ram =
    facts.spare === undefined
      ? `The heap lies in TEE RAM: if the linker says that TEE_RAM_VA_SIZE is too small, raise CFG_TEE_RAM_VA_SIZE${now("CFG_TEE_RAM_VA_SIZE", facts)} by as much (${grouped(by)} bytes).`
      : `The heap lies in TEE RAM, of which ${grouped(facts.spare)} bytes are unused: raise CFG_TEE_RAM_VA_SIZE${now("CFG_TEE_RAM_VA_SIZE", facts)} by ${grouped(lacking)} bytes at least.`;
  return [
    ram,
    `TEE RAM is the first part of TZDRAM: raise CFG_TZDRAM_SIZE${now("CFG_TZDRAM_SIZE", facts)} by the same, or the memory for TAs${left(facts)} shrinks by it.`,
  ];
}

function withPager(by: number, facts: BuildFacts): string {
  const sram = ["CFG_TZSRAM_SIZE", "CFG_CORE_TZSRAM_EMUL_SIZE"].find((name) => facts.options?.has(name));
  const more = sram === undefined ? "CFG_TZSRAM_SIZE (or CFG_CORE_TZSRAM_EMUL_SIZE)" : `${sram}${now(sram, facts)}`;
  return `With the pager the heap takes of the secure RAM that holds its pages: ${counted(Math.ceil(by / PAGE), "page")} fewer, unless ${more} grows by as much.`;
}

function ofTa(by: number, facts: BuildFacts): string[] {
  const bytes = roundUp(by, PAGE);
  const tables = Math.floor(bytes / TABLE);
  const fits = facts.taFree === undefined ? "" : `, of which ${grouped(facts.taFree)} bytes are free`;
  const short = facts.taFree !== undefined && bytes > facts.taFree ? ": too few, raise CFG_TZDRAM_SIZE" : "";
  return [
    `Each instance takes ${grouped(bytes)} bytes more of the memory for TAs (CFG_TZDRAM_SIZE)${fits}${short}.`,
    ...(tables > 0
      ? [
          `It needs up to ${counted(tables, "more page table")}: raise CFG_PGT_CACHE_ENTRIES${now("CFG_PGT_CACHE_ENTRIES", facts)}, unless CFG_CORE_PREALLOC_EL0_TBLS=y.`,
        ]
      : []),
    ...(facts.pager === true
      ? [
          `With the pager the core heap keeps ${STATE} bytes for each page of it, ${grouped((bytes / PAGE) * STATE)} in all, unless CFG_CORE_PAGE_TAG_AND_IV=y.`,
        ]
      : []),
  ];
}

function now(option: string, { options }: BuildFacts): string {
  const value = options?.get(option);
  return value === undefined ? "" : ` (now ${value})`;
}

function left({ taMemory, taFree }: BuildFacts): string {
  if (taMemory === undefined) return "";
  return taFree === undefined
    ? ` (${grouped(taMemory)} bytes)`
    : ` (${grouped(taMemory)} bytes, ${grouped(taFree)} free)`;
}
