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
  /** All of TEE RAM. */
  readonly teeRam?: number;
  /** What TAs may take, and what is free of it. */
  readonly taMemory?: number;
  readonly taFree?: number;
  /** What the largest TA took that is known. */
  readonly largestTa?: number;
  /** The core has the pager; with the bytes that it has for pages. */
  readonly pager?: boolean;
  readonly pagerPool?: number;
}

const PAGE = 4096;
const KIB = 1024;
/** What one page table of a TA maps: 2 MiB, or 1 MiB on arm without LPAE. */
const TABLE = 2 ** 20;
/** What the pager keeps of each page of a TA on the core heap: an initialisation vector and a tag. */
const STATE = 24;

/** Sentences on what else changes where an option grows, by so many bytes if that is known; none where nothing does. */
export function raisedTogether(option: string, by: number | null, facts: BuildFacts = {}): string[] {
  if (by !== null && by <= 0) return [];
  if (option === "CFG_CORE_HEAP_SIZE" || option === "CFG_CORE_NEX_HEAP_SIZE")
    return facts.pager === true ? [withPager(by, facts)] : coreHeap(by, facts);
  if (option === "CFG_TZDRAM_SIZE") return secureMemory(facts);
  return option === "TA_STACK_SIZE" || option === "TA_DATA_SIZE" || option.endsWith("_TA_HEAP_SIZE")
    ? ofTa(by, facts)
    : [];
}

function secureMemory(facts: BuildFacts): string[] {
  return [
    `All TAs share what TEE RAM leaves of TZDRAM${now("CFG_TZDRAM_SIZE", facts)}${left(facts)}: each takes its code, TA_DATA_SIZE and TA_STACK_SIZE, in whole pages${largest(facts)}.`,
    "What loads OP-TEE (TF-A, the bootloader) and Linux's device tree must reserve the same area.",
  ];
}

function coreHeap(by: number | null, facts: BuildFacts): string[] {
  const option = `CFG_TEE_RAM_VA_SIZE${now("CFG_TEE_RAM_VA_SIZE", facts)}`;
  const { spare, teeRam } = facts;
  const lacking = spare === undefined || by === null ? null : roundUp(Math.max(0, by - spare), PAGE);
  if (lacking === 0) return [`${option} may stay: ${grouped(spare ?? 0)} bytes of TEE RAM lie unused behind the core.`];
  const all = teeRam === undefined ? "" : ` (${grouped(teeRam)} bytes)`;
  const unused = spare === undefined ? "" : `, of which ${grouped(spare)} bytes are unused`;
  const much = by === null ? "as much" : `as much (${grouped(by)} bytes)`;
  const ram =
    lacking === null
      ? `The core heap lies in TEE RAM${all}${unused}: if the linker says that TEE_RAM_VA_SIZE is too small, raise ${option} by ${much}.`
      : `The core heap lies in TEE RAM${all}${unused}: raise ${option} by ${grouped(lacking)} bytes at least.`;
  return [
    ram,
    `TEE RAM is the first part of TZDRAM: raise CFG_TZDRAM_SIZE${now("CFG_TZDRAM_SIZE", facts)} by the same, or the memory for TAs${left(facts)} shrinks by it.`,
  ];
}

function withPager(by: number | null, facts: BuildFacts): string {
  const sram = ["CFG_TZSRAM_SIZE", "CFG_CORE_TZSRAM_EMUL_SIZE"].find((name) => facts.options?.has(name));
  const more = sram === undefined ? "CFG_TZSRAM_SIZE (or CFG_CORE_TZSRAM_EMUL_SIZE)" : `${sram}${now(sram, facts)}`;
  const pool = facts.pagerPool === undefined ? "" : ` (${grouped(facts.pagerPool / KIB)} KiB now)`;
  const pages = by === null ? "fewer pages" : `${counted(Math.ceil(by / PAGE), "page")} fewer`;
  return `This core has the pager: the heap takes of the secure RAM that holds its pages${pool}: ${pages}, unless ${more} grows by as much. Too few stop the boot ('Running out of pages').`;
}

function ofTa(by: number | null, facts: BuildFacts): string[] {
  const bytes = by === null ? null : roundUp(by, PAGE);
  const tables = Math.floor((bytes ?? 0) / TABLE);
  const short = bytes !== null && facts.taFree !== undefined && bytes > facts.taFree ? ": too few, raise it" : "";
  const takes = bytes === null ? "what is added" : `${grouped(bytes)} bytes more`;
  const share = bytes === null ? "" : `, ${grouped((bytes / PAGE) * STATE)} in all`;
  return [
    `Each instance takes ${takes} from the memory for TAs (CFG_TZDRAM_SIZE${now("CFG_TZDRAM_SIZE", facts)})${left(facts)}${short}${largest(facts)}.`,
    ...(tables > 0
      ? [
          `It needs up to ${counted(tables, "more page table")}: raise CFG_PGT_CACHE_ENTRIES${now("CFG_PGT_CACHE_ENTRIES", facts)}, unless CFG_CORE_PREALLOC_EL0_TBLS=y.`,
        ]
      : []),
    ...(bytes === null ? ["It may need more page tables (CFG_PGT_CACHE_ENTRIES)."] : []),
    ...(bytes === null && facts.pager === undefined ? ["With the pager the core heap grows with it."] : []),
    ...(facts.pager === true
      ? [
          `With the pager the core heap keeps ${STATE} bytes for each page of it${share}, unless CFG_CORE_PAGE_TAG_AND_IV=y.`,
        ]
      : []),
  ];
}

function now(option: string, { options }: BuildFacts): string {
  const value = options?.get(option);
  return value === undefined ? "" : ` (now ${value})`;
}

function left({ taMemory, taFree }: BuildFacts): string {
  if (taMemory === undefined) return taFree === undefined ? "" : ` (${grouped(taFree)} bytes free)`;
  return taFree === undefined
    ? ` (${grouped(taMemory)} bytes)`
    : ` (${grouped(taMemory)} bytes, ${grouped(taFree)} free)`;
}

function largest({ largestTa }: BuildFacts): string {
  return largestTa === undefined ? "" : `; the largest that is known took ${grouped(largestTa)} bytes`;
}
