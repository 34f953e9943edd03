// What the snapshots of one heap tell: one is listed, two are compared, three and more followed.
import { type Comparison, compareSnapshots, lacks } from "../../analyze/leak/compare.ts";
import type { SiteChange } from "../../analyze/leak/diff.ts";
import { leakGrowth } from "../../analyze/leak/growth.ts";
import { isLibraryOwn, libraryBlock } from "../../analyze/leak/library.ts";
import { type Mismatch, mismatch } from "../../analyze/leak/same_program.ts";
import { type LeakSnapshot, totalOf } from "../../analyze/leak/snapshot.ts";
import { suspects } from "../../analyze/leak/three.ts";
import { counted, grouped } from "../../base/format.ts";
import { own, type Printable } from "../../base/printable.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { drawChanges, drawGrowth, drawSuspects } from "../../view/terminal/leak_tables.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import { librarySentence } from "./library_text.ts";

/** One heap's answer. */
export interface LeakAnswer {
  readonly kind: "snapshot" | "two" | "three" | "many" | "incomparable";
  /** As JSON. */
  readonly rows: readonly object[];
  readonly text: (paint: Paint) => readonly Printable[];
  /** Whether something grew, or leaks; "unknown" where that cannot be told. */
  readonly grew: "yes" | "no" | "unknown";
  /** Snapshots that were left out, as they are cut or not to be read. */
  readonly leftOut: number;
}

const SHOWN = 20;
const FIRST_FEW = 3;

/** The answer of the snapshots of one heap, in their order. */
export function leakAnswer(all: readonly LeakSnapshot[]): LeakAnswer {
  const whole = all.filter((one) => one.cut !== true && one.unreadable !== true);
  const [snapshots, leftOut] = all.length > 2 && whole.length > 1 ? [whole, all.length - whole.length] : [all, 0];
  const [first, second, third] = snapshots;
  if (first === undefined || second === undefined) return { ...listed(first), leftOut };
  const other = snapshots.map((one) => mismatch(first, one)).find((found) => found !== null);
  if (other !== undefined) return incomparable(OTHER[other as keyof typeof OTHER]);
  const last = snapshots.at(-1) ?? second;
  if (first.unreadable === true || last.unreadable === true) return incomparable(UNSURE);
  // Of three and more, too few are whole.
  if (third === undefined || whole.length < 2) return { ...compared(compareSnapshots(first, last)), leftOut };
  return { ...(snapshots.length === 3 ? suspected(first, second, third) : followed(snapshots)), leftOut };
}

const UNSURE = "Not comparable: most blocks of a list are not sure, as its lines are damaged. Record the log again.";
const OTHER: Readonly<Record<Exclude<Mismatch, null>, string>> = {
  release: "Not comparable: these are lists of two releases of OP-TEE. Most call sites are at other lines.",
  build: "Not comparable: these are lists of two builds. Most call sites are in the same files, but at other lines.",
  program: "Not comparable: no call site is in both lists. They may be of two TAs, or of two builds.",
};

function incomparable(why: string): LeakAnswer {
  return { kind: "incomparable", rows: [], grew: "unknown", leftOut: 0, text: () => [wrap(why), BLANK] };
}

type Told = Omit<LeakAnswer, "leftOut">;

function listed(snapshot: LeakSnapshot | undefined): Told {
  const rows = [...(snapshot?.sites ?? [])]
    .map(([site, { blocks, bytes }]) => ({ site, blocks, bytes }))
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
  const left = snapshot?.ended === true && rows.some(({ site }) => !isLibraryOwn(site));
  const apart = librarySentence(rows);
  return {
    kind: "snapshot",
    rows: rows.map((row) => ({ ...row, ...libraryOf(row.site) })),
    grew: left ? "yes" : "no",
    text: (paint) => [...drawHolders(rows, paint, SHOWN), ...(apart === "" ? [] : [BLANK, wrap(apart)]), BLANK],
  };
}

function libraryOf(site: string): object {
  const block = libraryBlock(site);
  return block === null ? {} : { library: block.what };
}

function compared({ rows, grown, open, mayHaveGrown }: Comparison): Told {
  const verdict =
    grown.length > 0
      ? `${counted(grown.length, "call site")} grew, ${sum(grown)}. ${loaded(grown)}${AGAIN}`
      : mayHaveGrown
        ? "Whether anything grew cannot be told: blocks are missing, or not sure."
        : "Nothing grew.";
  const rest =
    open === 0
      ? ""
      : ` ${counted(open, "more call site")} ${open === 1 ? "differs" : "differ"}, which they can explain.`;
  return {
    kind: "two",
    rows,
    grew: grown.length > 0 ? "yes" : mayHaveGrown ? "unknown" : "no",
    text: (paint) => [
      ...(rows.length === 0 ? [] : [...drawChanges(rows, paint, SHOWN), BLANK]),
      wrap(`${verdict}${grown.length > 0 && open > 0 ? " Blocks are missing, or not sure." : ""}${rest}`),
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

function suspected(first: LeakSnapshot, second: LeakSnapshot, third: LeakSnapshot): Told {
  const most = Math.max(lacks(first), lacks(second));
  const rows = suspects(first, second, third).filter(
    ({ kept, late }) => most === 0 || kept.blocks + late.blocks > most,
  );
  const leaks = rows.filter(({ kind }) => kind === "leak");
  const isOpen = rows.length === 0 && blocksOf(third) + lacks(third) > Math.min(blocksOf(first), blocksOf(second));
  const verdict =
    leaks.length > 0
      ? `${counted(leaks.length, "call site")} left blocks both times: ${some(leaks)}. Blocks marked 'kept' came only with the first run, like caches.`
      : "No call site left blocks both times. Blocks marked 'kept' came only with the first run, like caches; 'new' ones came with the second.";
  const none = isOpen && lacks(third) > 0 ? "Whether any new block stayed cannot be told." : "No new block stayed.";
  return {
    kind: "three",
    rows,
    grew: rows.length > 0 ? "yes" : isOpen && lacks(third) > 0 ? "unknown" : "no",
    text: (paint) => [
      ...(rows.length === 0 ? [own(none)] : [...drawSuspects(rows, paint, SHOWN), BLANK, wrap(verdict)]),
      BLANK,
    ],
  };
}

function followed(snapshots: readonly LeakSnapshot[]): Told {
  const rows = leakGrowth(snapshots);
  const leaks = rows.filter((row) => row.leaks);
  return {
    kind: "many",
    rows,
    grew: leaks.length > 0 ? "yes" : "no",
    text: (paint) => [
      ...(rows.length === 0
        ? [own("No call site holds more at the end than at the beginning.")]
        : drawGrowth(rows, paint, SHOWN)),
      BLANK,
      wrap(
        leaks.length > 0
          ? `${counted(leaks.length, "call site")} ${leaks.length === 1 ? "grows" : "grow"} steadily: ${some(leaks)}.`
          : "Nothing grows steadily; the call sites above grew once or occasionally.",
      ),
      BLANK,
    ],
  };
}

function blocksOf(snapshot: LeakSnapshot): number {
  return totalOf(snapshot).blocks;
}

function sum(rows: readonly SiteChange[]): string {
  const bytes = rows.reduce((all, row) => all + row.bytes, 0);
  const blocks = rows.reduce((all, row) => all + row.blocks, 0);
  return `by ${grouped(bytes)} bytes in ${counted(blocks, "block")}`;
}

function some(rows: readonly { readonly site: string }[]): string {
  const names = rows.slice(0, FIRST_FEW).map(({ site }) => site);
  return rows.length > FIRST_FEW ? `${names.join(", ")} and ${rows.length - FIRST_FEW} more` : names.join(", ");
}
