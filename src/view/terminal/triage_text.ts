// Prints the causes of a failure.
import { ERROR_HELP, errorName, errorText } from "../../abi/errors.ts";
import { foreignText } from "../../abi/foreign_codes.ts";
import { originName } from "../../abi/ids.ts";
import { uuidText } from "../../abi/uuid.ts";
import { roomSentence } from "../../analyze/request_room.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import type { TaMemory } from "../../analyze/triage/ta_memory.ts";
import type { Verdict } from "../../analyze/triage/triage.ts";
import { counted, grouped } from "../../base/format.ts";
import { clip, joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { BLANK, wrap } from "./wrap.ts";

const INDENT = "  ";
/** Characters of a line of a log that are shown: OP-TEE prints 256 at most, behind what stands before them. */
const EVIDENCE = 400;
const NOTE = 400;

/** What failed, in a line: the code by its name, and who returned it. */
export function drawSymptoms({ code, origin, foreign }: Symptoms, paint: Paint): Printable[] {
  if (foreign !== undefined) {
    const title = shown`${printable(foreignText(foreign))}, a code of ${printable(foreign.family)}`;
    return [paint.bold(title), shown`${INDENT}${printable(foreign.help)}`, BLANK];
  }
  if (code === undefined) return [];
  const name = errorName(code);
  const hex = shown`0x${printable((code >>> 0).toString(16).padStart(8, "0"))}`;
  const who = origin === undefined ? "" : shown` from ${printable(originName(origin))} (origin ${origin})`;
  const title = name === undefined ? shown`${hex}${who}` : shown`${printable(errorText(code))} (${hex})${who}`;
  const help = name === undefined ? "not a code of GlobalPlatform or OP-TEE" : ERROR_HELP[name];
  return [paint.bold(title), shown`${INDENT}${printable(help)}`, BLANK];
}

/** What still fits into each pool whose fragmentation is known. */
export function drawRoom({ pools = [] }: Symptoms, paint: Paint): Printable[] {
  return pools.flatMap((pool) => {
    const text = roomSentence(pool);
    return text === ""
      ? []
      : [paint.bold(shown`Room in pool "${printable(pool.name)}"`), wrap(text, paint, INDENT), BLANK];
  });
}

/** The answers. What is sure hides what is only possible, unless `all` are wanted. */
export function drawVerdicts(verdicts: readonly Verdict[], all: boolean, paint: Paint): Printable[] {
  const certain = verdicts.some(({ sure }) => sure !== "possible");
  const chosen = all || !certain ? verdicts : verdicts.filter(({ sure }) => sure !== "possible");
  const hidden = verdicts.length - chosen.length;
  return [
    ...chosen.flatMap((verdict) => drawVerdict(verdict, paint)),
    ...(hidden > 0 ? [paint.dim(shown`${hidden} less likely; --all shows them`), BLANK] : []),
  ];
}

/** One answer. */
export function drawVerdict(
  { sure, pool, knobs, why, next, together, evidence, threads, tried }: Verdict,
  paint: Paint,
): Printable[] {
  const colour = sure === "certain" ? paint.red : sure === "likely" ? paint.yellow : paint.dim;
  const first = knobs[0] === undefined ? "" : shown`: ${printable(knobs[0])}`;
  const others = knobs.slice(1);
  return [
    shown`${colour(shown`${sure}${tried ? ", but tried" : ""}`)}  ${paint.bold(shown`${printable(pool)}${first}`)}`,
    wrap(why, paint, INDENT),
    ...evidence.map((line) => wrap(shown`because ${clip(line, EVIDENCE)}`, paint, INDENT)),
    wrap(shown`next: ${printable(next)}`, paint, INDENT),
    ...(together === "" ? [] : [wrap(shown`with it: ${printable(together)}`, paint, INDENT)]),
    ...(others.length > 0 ? [wrap(shown`also: ${printable(others.join(", "))}`, paint, INDENT)] : []),
    ...(threads.length > 0 ? [paint.dim(wrap(shown`seen in: ${printable(threads.join(", "))}`, paint, INDENT))] : []),
    BLANK,
  ];
}

/** What is said beside the answers, a paragraph each. */
export function drawNotes(notes: readonly string[], paint: Paint): Printable[] {
  return notes.length === 0 ? [] : [...notes.map((note) => wrap(clip(note, NOTE), paint)), BLANK];
}

/** Least widths of the columns: code, data and heap, stack, all. */
const WIDTHS = [9, 11, 9, 11] as const;

/** The memory of TAs that were ended, by kind of region. */
export function drawTaMemory(rows: readonly TaMemory[], paint: Paint): Printable[] {
  if (rows.length === 0) return [];
  const dumps = rows.reduce((sum, row) => sum + row.dumps, 0);
  const cells = [
    ["code", "data+heap", "stack", "all"].map((name) => printable(name)),
    // No TA is without code, data or stack: what has no bytes is not in the log.
    ...rows.map(({ code, data, stack, all }) =>
      [code, data, stack, all].map((size) => (size === 0 ? own("missing") : grouped(size))),
    ),
  ];
  // A blank at least stands between two columns.
  const widths = WIDTHS.map((least, n) =>
    Math.max(least, ...cells.map((row) => (row[n]?.length ?? 0) + (n > 0 ? 1 : 0))),
  );
  const [head, ...lines] = cells.map((row) => joined(row.map((cell, n) => cell.padStart(widths[n] ?? 0))));
  return [
    paint.bold(shown`Memory of TAs that panicked or aborted (${counted(dumps, "dump")}, the last of each)`),
    paint.dim(shown`${head ?? own("")}  TA`),
    ...rows.flatMap(({ uuid, lost }, n) => [
      shown`${lines[n] ?? own("")}  ${printable(uuidText(uuid))}`,
      ...(rows[n] !== undefined && lost === 0 && [rows[n].code, rows[n].data, rows[n].stack].includes(0)
        ? [paint.yellow(shown`${INDENT}at least: the sum lacks what is missing in the log`)]
        : []),
      ...(lost === 0
        ? []
        : [
            paint.yellow(
              shown`${INDENT}at least: ${counted(lost, "region")} of it ${lost === 1 ? "is" : "are"} missing or damaged in the log`,
            ),
          ]),
    ]),
    BLANK,
  ];
}
