// Blocks of a heap that no line of the program took: what they are.
import { allocatorBlock } from "../../xtest/leak_words.ts";

/** What a block is whose call site is one of a library, or none. */
interface LibraryBlock {
  readonly what: string;
  /** It lives as long as the heap. Else somebody's, and the site does not tell whose. */
  readonly own: boolean;
}

const TABLE: LibraryBlock = { what: "the heap's pool table", own: true };
const ENTRY: LibraryBlock = { what: "malloc and its like, caller not recorded", own: false };

/** By the call site, as leak lists and recordings have it. A new kind is one row. */
const KINDS: readonly { readonly site: RegExp; readonly block: LibraryBlock }[] = [
  { site: /^pool table$/, block: TABLE },
  { site: /(?:^|\/)mempool\.c:\d{1,5}$/, block: { what: "the scratch pool for big numbers", own: true } },
  { site: /(?:^|\/)user_ta_entry\.c:\d{1,5}$/, block: { what: "the TA library's list of sessions", own: true } },
  {
    site: /(?:^|\/)libutee\/tee_api\.c:\d{1,5}$/,
    block: { what: "TEE_Malloc and its like, caller not recorded", own: false },
  },
  { site: /^unknown(?::0)?$/, block: ENTRY },
  { site: /^before$/, block: { what: "taken before the recording began", own: false } },
];

/** What a call site is, if it is one of a library or none; else null. */
export function libraryBlock(site: string): LibraryBlock | null {
  const allocator = allocatorBlock(site);
  if (allocator !== null) return allocator === "table" ? TABLE : ENTRY;
  return KINDS.find((kind) => kind.site.test(site))?.block ?? null;
}

/** A call site in words for people: some blocks have no line that tells who took them, and the pool table has several. */
export function siteWords(site: string): string {
  if (isTableOfPools(site)) return "pool table";
  return site === "before" ? "before the recording" : site;
}

/** True for the table of pools, which grows with them. */
export function isTableOfPools(site: string): boolean {
  return libraryBlock(site) === TABLE;
}

/** True for blocks that a library keeps as long as the heap lives: no leak of the program. */
export function isLibraryOwn(site: string): boolean {
  return libraryBlock(site)?.own === true;
}
