// What the snapshots of one heap tell: one is listed, two are compared, three and more followed.
import { type Comparison, compareSnapshots } from "../../analyze/leak/compare.ts";
import type { SiteChange } from "../../analyze/leak/diff.ts";
import { isLibraryOwn, libraryBlock } from "../../analyze/leak/library.ts";
import { type Mismatch, mismatch } from "../../analyze/leak/same_program.ts";
import type { LeakSnapshot, SiteCount } from "../../analyze/leak/snapshot.ts";
import { counted, grouped } from "../../base/format.ts";
import type { Printable } from "../../base/printable.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { drawChanges } from "../../view/terminal/leak_tables.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import type { LeakAnswer, SiteLeak, Told } from "./leak_answer.ts";
import { followed, suspected } from "./leak_series_answers.ts";
import { librarySentence } from "./library_text.ts";

const SHOWN = 20;

/** The answer of the snapshots of one heap, in their order. */
export function leakAnswer(given: readonly LeakSnapshot[]): LeakAnswer {
  // Where no list has its end, but nothing broke into one, somebody picked these lines: they are taken as they are.
  const picked = given.every(({ cut, broken }) => cut === true && broken !== true);
  const all = picked ? given.map((one) => ({ ...one, cut: false })) : given;
  const whole = all.filter((one) => one.cut !== true && one.unreadable !== true);
  const [snapshots, leftOut] = all.length > 2 && whole.length > 1 ? [whole, all.length - whole.length] : [all, 0];
  const [first, second, third] = snapshots;
  if (first === undefined || second === undefined) return { ...listed(first), leftOut };
  const other = snapshots.map((one) => mismatch(first, one)).find((found) => found !== null);
  if (other != null) return incomparable(OTHER[other]);
  const last = snapshots.at(-1) ?? second;
  if (first.unreadable === true || last.unreadable === true) return incomparable(UNSURE);
  // Of three and more, too few are whole.
  if (third === undefined || whole.length < 2) return { ...compared(compareSnapshots(first, last)), leftOut };
  const told = snapshots.length === 3 ? suspected(first, second, third) : followed(snapshots);
  return { ...withLeft(told, last), leftOut };
}

/** Adds what was left when the heap of a series was gone. */
function withLeft(told: Told, { left = new Map() }: LeakSnapshot): Told {
  const rows = rowsOf(left).filter(({ site }) => !isLibraryOwn(site));
  if (rows.length === 0) return told;
  const text = `When it ended, ${counted(rows.length, "call site")} had not freed ${sum(rows)}, as asked for.`;
  const sites = new Set(rows.map(({ site }) => site));
  const leaks = [...told.leaks.filter(({ site }) => !sites.has(site)), ...neverFreed(rows)];
  const named = (paint: Paint): Printable[] => [wrap(text, paint), BLANK, ...drawHolders(rows, paint, SHOWN), BLANK];
  return { ...told, grew: "yes", leaks, text: (paint) => [...told.text(paint), ...named(paint)] };
}

const UNSURE = "Not comparable: most blocks of a list are not sure, as its lines are damaged. Record the log again.";
const OTHER: Readonly<Record<Mismatch, string>> = {
  release: "Not comparable: these are lists of two releases of OP-TEE: the pool table and others are at other lines.",
  build: "Not comparable: these are lists of two builds. They name the same files, but most of them at other lines.",
  program: "Not comparable: the lists have no source file in common. They are of two programs, such as two TAs.",
};

function incomparable(why: string): LeakAnswer {
  return {
    kind: "incomparable",
    rows: [],
    grew: "unknown",
    leaks: [],
    leftOut: 0,
    text: (paint) => [wrap(why, paint), BLANK],
  };
}

function listed(snapshot: LeakSnapshot | undefined): Told {
  const rows = rowsOf(snapshot?.sites ?? new Map());
  const left = snapshot?.ended === true ? rows.filter(({ site }) => !isLibraryOwn(site)) : [];
  const apart = librarySentence(rows);
  return {
    kind: "snapshot",
    rows: rows.map((row) => ({ ...row, ...libraryOf(row.site) })),
    grew: left.length > 0 ? "yes" : "no",
    leaks: neverFreed(left),
    text: (paint) => [...drawHolders(rows, paint, SHOWN), ...(apart === "" ? [] : [BLANK, wrap(apart, paint)]), BLANK],
  };
}

function neverFreed(rows: readonly (SiteCount & { readonly site: string })[]): SiteLeak[] {
  return rows.map((row) => ({ kind: "leak", site: row.site, text: `${sum([row])} never freed` }));
}

/** Largest first. */
function rowsOf(sites: LeakSnapshot["sites"]): (SiteCount & { readonly site: string })[] {
  return [...sites]
    .map(([site, { blocks, bytes }]) => ({ site, blocks, bytes }))
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
}

function libraryOf(site: string): { library?: string } {
  const block = libraryBlock(site);
  return block === null ? {} : { library: block.what };
}

function compared({ rows, grown, open, mayHaveGrown }: Comparison): Told {
  const verdict =
    grown.length > 0
      ? `${counted(grown.length, "call site")} grew, by ${sum(grown)}. ${loaded(grown)}${AGAIN}`
      : mayHaveGrown
        ? "Whether anything grew is unknown: blocks are missing, or not sure."
        : "Nothing grew.";
  const rest =
    open === 0
      ? ""
      : ` ${counted(open, "more call site")} ${open === 1 ? "differs" : "differ"}, which they can explain.`;
  return {
    kind: "two",
    rows,
    grew: grown.length > 0 ? "yes" : mayHaveGrown ? "unknown" : "no",
    leaks: grown.map((row) => ({ kind: "heap-growth", site: row.site, text: `${sum([row])} more than before` })),
    text: (paint) => [
      ...(rows.length === 0 ? [] : [...drawChanges(rows, paint, SHOWN), BLANK]),
      wrap(`${verdict}${grown.length > 0 && open > 0 ? " Blocks are missing, or not sure." : ""}${rest}`, paint),
      BLANK,
    ],
  };
}

/** The core's context of a TA that is loaded; one that stays so keeps memory of many other places. */
const CONTEXT = /^core\/kernel\/user_ta\.c:/;

function loaded(rows: readonly SiteChange[]): string {
  const count = rows.filter(({ site }) => CONTEXT.test(site)).reduce((all, { blocks }) => all + blocks, 0);
  if (count <= 0) return "";
  const which = count === 1 ? "One more TA is" : `${grouped(count)} more TAs are`;
  return `${which} loaded than before (kept alive, or a session is open), and the core holds memory for it. `;
}

const AGAIN =
  "Growth that happens once may be a cache: repeat the same work, take a third snapshot, and give all three.";

function sum(rows: readonly SiteCount[]): string {
  const bytes = rows.reduce((all, row) => all + row.bytes, 0);
  const blocks = rows.reduce((all, row) => all + row.blocks, 0);
  return `${grouped(bytes)} bytes in ${counted(blocks, "block")}`;
}
