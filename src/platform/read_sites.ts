// The table of call sites: `NAME M|C SIZE PLACE HOW [NOTE]` allocates, `NAME F|W - PLACE HOW [NOTE]` frees, `missing NAME WHY`.
import { err, ok, type Result } from "../base/result.ts";
import type { BlockSite, Certainty, WordSize } from "./platform.ts";
import { type DataRow, readRows, wrongRow } from "./read_lines.ts";
import { PLACE_FORM, readPlace } from "./read_place.ts";
import { SITE_USES, type SiteName, useOf } from "./site_names.ts";

/** The call sites on one of the heaps. */
interface SiteRows {
  readonly sites: ReadonlyMap<SiteName, BlockSite>;
  readonly missing: ReadonlyMap<SiteName, string>;
}

const EVIDENCE: readonly string[] = ["measured", "inferred", "analogy"] satisfies readonly Certainty[];

/** Reads the table of the core heap or of a TA's. Each name that the code asks for has its rows, or is said to be missing. */
export function readSites(file: string, text: string, heap: "core" | "ta", word: WordSize): Result<SiteRows> {
  const rows = readRows(file, text, word, heap === "core" ? "the core" : "a trusted application");
  if (!rows.ok) return rows;
  const sites = new Map<SiteName, BlockSite>();
  const missing = new Map<SiteName, string>();
  for (const row of rows.value) {
    const wrong = row.words[0] === "missing" ? readMissing(row, heap, missing) : readSite(row, heap, sites);
    if (!wrong.ok) return wrong;
  }
  const names = Object.keys(SITE_USES[heap]) as SiteName[];
  const lacking = names.filter((name) => !sites.has(name) && !missing.has(name));
  if (lacking.length > 0)
    return err(`${file} lacks ${lacking.join(", ")}: give their rows, or say 'missing NAME WHY' (NAME may end with *)`);
  for (const name of names) {
    const [known, { stays }] = [sites.get(name), useOf(name)];
    if (known && (known.end === null) !== (stays === true))
      return err(
        `${file}: ${name} ${stays ? "is never freed: take out its row with F or W" : "lacks its row with F or W"}`,
      );
    if (known && missing.has(name)) return err(`${file}: ${name} has rows, but also a line with 'missing'`);
  }
  return ok({ sites, missing });
}

function readMissing(row: DataRow, heap: "core" | "ta", missing: Map<SiteName, string>): Result<void> {
  const [, pattern = "", ...why] = row.words;
  const stem = pattern.endsWith("*") ? pattern.slice(0, -1) : null;
  const names = (Object.keys(SITE_USES[heap]) as SiteName[]).filter((name) =>
    stem === null ? name === pattern : name.startsWith(stem),
  );
  if (names.length === 0) return wrongRow(row, "the code asks for no such call site");
  for (const name of names) missing.set(name, why.join(" ") || "not captured");
  return ok(undefined);
}

function readSite(row: DataRow, heap: "core" | "ta", sites: Map<SiteName, BlockSite>): Result<void> {
  const [name = "", op = "", size = "", placeText = "", how = "", ...words] = row.words;
  if (!Object.hasOwn(SITE_USES[heap], name)) return wrongRow(row, "the code asks for no such call site");
  const place = readPlace(placeText);
  if (place === null) return wrongRow(row, `its call site is ${PLACE_FORM}`);
  if (!EVIDENCE.includes(how)) return wrongRow(row, `after its call site comes one of ${EVIDENCE.join(", ")}`);
  const [known, note] = [sites.get(name as SiteName), words.join(" ")];
  const common = { ...place, how: how as Certainty, note };
  if (op === "F" || op === "W") {
    if (known === undefined || known.end !== null || size !== "-")
      return wrongRow(row, "one row with F or W, and - for its size, follows the row with M or C of the same name");
    sites.set(known.name, { ...known, end: { ...common, wiped: op === "W" } });
    return ok(undefined);
  }
  if ((op !== "M" && op !== "C") || known !== undefined) return wrongRow(row, "a name has one row with M or C");
  const growth = readSize(size);
  const { n } = useOf(name as SiteName);
  if (growth === null) return wrongRow(row, "its size is a number, or grows: n, 8n, 72+8n");
  if (growth.unit > 0 !== (n !== undefined))
    return wrongRow(row, n === undefined ? "its size is fixed" : `its size grows with n, the number of ${n}`);
  sites.set(name as SiteName, { name: name as SiteName, zeroed: op === "C", ...growth, ...common, end: null });
  return ok(undefined);
}

/** `152`, `n`, `8n`, `72+8n`. */
function readSize(text: string): Pick<BlockSite, "fixed" | "unit"> | null {
  if (/^\d{1,6}$/.test(text)) return Number(text) === 0 ? null : { fixed: Number(text), unit: 0 };
  const [, fixed = "0", unit] = /^(?:(\d{1,6})\+)?(\d{0,6})n$/.exec(text) ?? [];
  if (unit === undefined || Number(unit || 1) === 0) return null;
  return { fixed: Number(fixed), unit: Number(unit || 1) };
}
