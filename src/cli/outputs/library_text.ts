// Says which blocks of a list are a library's own, and which nobody's call site tells.
import { libraryBlock } from "../../analyze/leak/library.ts";
import { counted, grouped } from "../../base/format.ts";

interface Row {
  readonly site: string;
  readonly blocks: number;
  readonly bytes: number;
}

/** One sentence for the libraries' own blocks, one for those of unknown callers; empty if there are none. */
export function librarySentence(rows: readonly Row[]): string {
  return [true, false]
    .map((own) => {
      const found = rows.filter(({ site }) => libraryBlock(site)?.own === own);
      if (found.length === 0) return "";
      const names = [...new Set(found.map(({ site }) => nameOf(site)))].join(", ");
      const whose = own ? "the libraries' own" : "of callers that are not known";
      return `${sumOf(found)} ${countOf(found) === 1 ? "is" : "are"} ${whose}: ${names}.`;
    })
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What it is, with its line where it has one. */
function nameOf(site: string): string {
  const what = libraryBlock(site)?.what ?? "";
  return /:\d/.test(site) ? `${what} (${site})` : what;
}

function countOf(rows: readonly Row[]): number {
  return rows.reduce((all, { blocks }) => all + blocks, 0);
}

function sumOf(rows: readonly Row[]): string {
  const bytes = rows.reduce((all, row) => all + row.bytes, 0);
  return `${counted(countOf(rows), "block")} of ${grouped(bytes)} bytes`;
}
