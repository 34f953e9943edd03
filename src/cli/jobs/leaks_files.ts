// `teemem leaks FILE…`: snapshots of live blocks, listed, compared or followed.
import { grew, leakChanges, type SiteChange } from "../../analyze/leak/diff.ts";
import { leakGrowth } from "../../analyze/leak/growth.ts";
import { type LeakSnapshot, totalOf } from "../../analyze/leak/snapshot.ts";
import { suspects } from "../../analyze/leak/three.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, printableJson, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { drawChanges, drawGrowth, drawSuspects } from "../../view/terminal/leak_tables.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import { type LeakMoments, readSnapshots } from "../inputs/leak_inputs.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { resolveSites } from "./leak_addresses.ts";
import { leaksOfCounters } from "./leaks_counters.ts";

/** Options of `teemem leaks` for files. */
export interface LeakFileOptions extends LeakMoments {
  /** Only this heap: `core`, `TA`, `ldelf`, `ta-UUID`. */
  readonly heap?: string;
  readonly elf?: string;
  readonly load?: string;
  readonly json?: boolean;
  readonly console?: boolean;
}

/** One heap's answer. */
interface Answer {
  readonly kind: "snapshot" | "two" | "three" | "many";
  /** As JSON. */
  readonly rows: readonly object[];
  readonly text: (paint: Paint) => Printable[];
  /** Something grew, or leaks. */
  readonly found: boolean;
}

const SHOWN = 20;
const FIRST_FEW = 3;

/** Lists, compares or follows the snapshots in some files. Exit code 1 where something grew. */
export async function leaksOfFiles(paths: readonly string[], options: LeakFileOptions, io: Io): Promise<CommandResult> {
  const wrong = wrongOptions(options);
  if (wrong !== null) return err(wrong);
  const read = await readSnapshots(paths, options, io);
  if (!read.ok) return read;
  const { snapshots, samples } = read.value;
  return samples.length > 0 ? leaksOfCounters(samples, options, io) : leaksOfSnapshots(snapshots, options, io);
}

/** Options that do not fit together, or null. */
function wrongOptions(options: LeakFileOptions): string | null {
  if (options.console === true) return "--console is for workloads; files are shown as tables, or as data with --json";
  return options.load !== undefined && options.elf === undefined ? "--load needs --elf" : null;
}

/** The same for snapshots, wherever they come from. */
export async function leaksOfSnapshots(
  snapshots: readonly LeakSnapshot[],
  options: LeakFileOptions,
  io: Io,
): Promise<CommandResult> {
  const wrong = wrongOptions(options);
  if (wrong !== null) return err(wrong);
  const named =
    options.elf === undefined ? ok(snapshots) : await resolveSites(snapshots, options.elf, options.load, io);
  if (!named.ok) return named;
  const heaps = [...new Set(named.value.map(({ heap }) => heap))];
  if (options.heap !== undefined && !heaps.includes(options.heap))
    return err(`no heap '${options.heap}' in these files; they have ${heaps.join(", ")}`);
  const paint = createPaint(io.out.colours);
  const told: object[] = [];
  let found = false;
  for (const heap of heaps) {
    if (options.heap !== undefined && heap !== options.heap) continue;
    const snapshots = named.value.filter((one) => one.heap === heap);
    const answer = answerTo(snapshots);
    found ||= answer.found;
    if (options.json === true)
      told.push({ heap, kind: answer.kind, snapshots: snapshots.map(inShort), rows: answer.rows });
    else io.out.write(shown`${joined([...titles(heap, snapshots, paint), ...answer.text(paint)], "\n")}\n`);
  }
  if (options.json === true) io.out.write(shown`${printableJson(told, 2)}\n`);
  return ok(found ? 1 : 0);
}

function answerTo(snapshots: readonly LeakSnapshot[]): Answer {
  const [first, second, third] = snapshots;
  if (first === undefined || second === undefined) return list(first);
  if (third === undefined) return compare(first, second);
  if (snapshots.length === 3) return suspect(first, second, third);
  const rows = leakGrowth(snapshots);
  const leaks = rows.filter((row) => row.leaks);
  return {
    kind: "many",
    rows,
    found: leaks.length > 0,
    text: (paint) => [
      ...(rows.length === 0
        ? [own("No call site holds more at the end than at the beginning.")]
        : drawGrowth(rows, paint, SHOWN)),
      BLANK,
      note(
        leaks.length > 0
          ? `${counted(leaks.length, "call site")} ${leaks.length === 1 ? "grows" : "grow"} steadily: ${some(leaks)}.`
          : "Nothing grows steadily; the call sites above grew once or occasionally.",
      ),
      BLANK,
    ],
  };
}

function list(snapshot: LeakSnapshot | undefined): Answer {
  const rows = [...(snapshot?.sites ?? [])]
    .map(([site, { blocks, bytes }]) => ({ site, blocks, bytes }))
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
  return { kind: "snapshot", rows, found: false, text: (paint) => [...drawHolders(rows, paint, SHOWN), BLANK] };
}

function compare(before: LeakSnapshot, after: LeakSnapshot): Answer {
  const rows = leakChanges(before, after);
  const more = rows.filter(grew);
  return {
    kind: "two",
    rows,
    found: more.length > 0,
    text: (paint) => [
      ...(rows.length === 0 ? [] : [...drawChanges(rows, paint, SHOWN), BLANK]),
      note(
        more.length === 0
          ? "Nothing grew."
          : `${counted(more.length, "call site")} grew, ${sum(more)}. ${loaded(more)}${AGAIN}`,
      ),
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

function suspect(first: LeakSnapshot, second: LeakSnapshot, third: LeakSnapshot): Answer {
  const rows = suspects(first, second, third);
  const leaks = rows.filter(({ kind }) => kind === "leak");
  const verdict =
    leaks.length > 0
      ? `${counted(leaks.length, "call site")} left blocks both times: ${some(leaks)}. Blocks marked 'kept' came only with the first run, like caches.`
      : "No call site left blocks both times. Blocks marked 'kept' came only with the first run, like caches; 'new' ones came with the second.";
  return {
    kind: "three",
    rows,
    found: rows.length > 0,
    text: (paint) => [
      ...(rows.length === 0
        ? [own("No new block stayed.")]
        : [...drawSuspects(rows, paint, SHOWN), BLANK, note(verdict)]),
      BLANK,
    ],
  };
}

function titles(heap: string, snapshots: readonly LeakSnapshot[], paint: Paint): Printable[] {
  const few = snapshots.length > FIRST_FEW + 2 ? [...snapshots.slice(0, 1), ...snapshots.slice(-1)] : snapshots;
  const lines = few.map((snapshot) => {
    const { blocks, bytes } = totalOf(snapshot);
    const doubt =
      snapshot.uncertain === 0 ? "" : shown`; ${counted(snapshot.uncertain, "block")} not sure, damaged in the log`;
    return shown`  ${printable(snapshot.name)}: ${counted(blocks, "block")}, ${grouped(bytes)} bytes${doubt}`;
  });
  const what =
    snapshots.length > 1 ? shown`${printable(heap)}, ${counted(snapshots.length, "snapshot")}` : printable(heap);
  return [paint.bold(what), ...lines, BLANK];
}

function inShort(snapshot: LeakSnapshot): object {
  return { name: snapshot.name, ...totalOf(snapshot), uncertain: snapshot.uncertain };
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

function note(text: string): Printable {
  return wrap(text);
}
