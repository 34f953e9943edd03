// Finds the call site of a platform that is alike among the blocks of a recording.
import type { BlockSite } from "../../platform/platform.ts";
import { type BlockKind, mostFrequent } from "./block_kinds.ts";
import { placeWord } from "./captured_series.ts";

/** What a row says behind the name. */
export interface SiteRow {
  readonly op: string;
  readonly size: string;
  readonly place: string;
  readonly how: "measured" | "inferred" | "analogy";
  readonly note: string;
}

/** The row of an allocation. */
interface FoundSite {
  readonly row: SiteRow;
  /** The blocks of its place. */
  readonly of: readonly BlockKind[];
}

/**
 * The place where the site's blocks are allocated: in its file, of its kind and size. Where the file has several, the site's
 * rank among the sites of the file decides, if there are as many. `rivals` are those sites.
 */
export function findSite(
  site: BlockSite,
  rivals: readonly BlockSite[],
  kinds: readonly BlockKind[],
  like: string,
): FoundSite {
  const near = kinds.filter(({ place, zeroed }) => fileOf(place) === fileOf(site.file ?? "") && zeroed === site.zeroed);
  const same = rivals.filter(({ zeroed }) => zeroed === site.zeroed);
  const alike = same.filter(({ fixed, unit }) => fixed === site.fixed && unit === site.unit);
  const fitting = near.filter((kind) => fits(site, kind.size) && !(site.unit > 0 && isFixed(kind, near, same)));
  const foundAt = (place: string, among: readonly BlockKind[], found: Partial<SiteRow>): FoundSite => ({
    row: { ...rowLike(site), place: placeWord(place), how: "measured", note: "", ...found },
    of: among.filter((kind) => kind.place === place),
  });
  const place = sameRank(near, same, site) ?? sameRank(fitting, alike, site);
  if (fitting.some((kind) => kind.place === place)) return foundAt(place ?? "", fitting, {});
  const sizes = new Set(near.filter((kind) => kind.place === place).map(({ size }) => size));
  if (place !== undefined && site.unit === 0 && sizes.size === 1)
    return foundAt(place, near, { size: String([...sizes][0]), note: `${site.fixed} bytes in ${like}` });
  if (place !== undefined) return foundAt(place, near, { how: "inferred", note: `its size is that of ${like}` });
  const alone = site.unit === 0 && alike.every(({ line }) => line === site.line);
  const most = alone ? mostFrequent(fitting, "place") : undefined;
  if (most !== undefined)
    return foundAt(most, fitting, { how: "inferred", note: "the most frequent of its size in the file" });
  return { row: { ...rowLike(site), note: `as ${like}` }, of: [] };
}

/** Where blocks of a site end: in one place, or in the file that the site says; else where most of them do. */
export function findEnd(end: NonNullable<BlockSite["end"]>, of: readonly BlockKind[], like: string): SiteRow {
  const ended = of.filter((kind) => kind.end !== "");
  const inFile = ended.filter((kind) => fileOf(kind.end) === fileOf(end.file ?? ""));
  const most = mostFrequent(inFile, "end") ?? mostFrequent(ended, "end");
  if (most === undefined) {
    const place = end.file === null ? "?" : `${end.file}:${end.line}`;
    return { op: end.wiped ? "W" : "F", size: "-", place, how: "analogy", note: `as ${like}` };
  }
  const [op = "F", place = "?"] = most.split(" ");
  const places = new Set((inFile.length > 0 ? inFile : ended).map((kind) => kind.end)).size;
  const found = { op, size: "-", place: placeWord(place) };
  if (places === 1) return { ...found, how: "measured", note: "" };
  return { ...found, how: "inferred", note: `the most frequent of ${places} places` };
}

function rowLike({ zeroed, fixed, unit, file, line }: BlockSite): SiteRow {
  const growth = `${fixed === 0 ? "" : `${fixed}+`}${unit === 1 ? "" : unit}n`;
  const place = file === null ? "?" : `${file}:${line}`;
  return { op: zeroed ? "C" : "M", size: unit === 0 ? String(fixed) : growth, place, how: "analogy", note: "" };
}

function sameRank(kinds: readonly BlockKind[], sites: readonly BlockSite[], { line }: BlockSite): string | undefined {
  const places = [...new Set(kinds.map(({ place }) => place))].sort((a, b) => lineOf(a) - lineOf(b));
  const lines = [...new Set(sites.map((one) => one.line))].sort((a, b) => a - b);
  return places.length === lines.length ? places[lines.indexOf(line)] : undefined;
}

/** True where all blocks of its place have the one size of a site that does not grow. */
function isFixed({ place }: BlockKind, near: readonly BlockKind[], sites: readonly BlockSite[]): boolean {
  const there = near.filter((kind) => kind.place === place);
  return sites.some((site) => site.unit === 0 && there.every(({ size }) => fits(site, size)));
}

function fits({ fixed, unit }: BlockSite, size: number): boolean {
  return unit === 0 ? size === fixed : size > fixed && (size - fixed) % unit === 0;
}

/** The file's own name: files move between folders from release to release. */
export function fileOf(place: string): string {
  return place.slice(place.lastIndexOf("/") + 1).split(":")[0] ?? "";
}

function lineOf(place: string): number {
  return Number(place.slice(place.lastIndexOf(":") + 1));
}
