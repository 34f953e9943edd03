import { ERROR_HELP, errorName, errorText } from "../../abi/errors.ts";
import { originName } from "../../abi/ids.ts";
import { roomSentence } from "../../analyze/request_room.ts";
import type { TaMemory } from "../../analyze/ta_memory.ts";
import type { Verdict } from "../../analyze/triage.ts";
import type { Symptoms } from "../../analyze/triage_case.ts";
import { counted, grouped } from "../../base/format.ts";
import { clip, printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

const INDENT = "  ";
const EVIDENCE = 110;

/** What failed, in a line: the code by its name, and who returned it. */
export function drawSymptoms({ code, origin }: Symptoms, paint: Paint): string[] {
  if (code === undefined) return [];
  const name = errorName(code);
  const hex = `0x${(code >>> 0).toString(16).padStart(8, "0")}`;
  const who = origin === undefined ? "" : ` from ${originName(origin)} (origin ${origin})`;
  const title = name === undefined ? `${hex}${who}` : `${errorText(code)} (${hex})${who}`;
  const help = name === undefined ? "not a code of GlobalPlatform or OP-TEE" : ERROR_HELP[name];
  return [paint.bold(title), `${INDENT}${help}`, ""];
}

/** What still fits into each pool whose fragmentation is known. */
export function drawRoom({ pools = [] }: Symptoms, paint: Paint): string[] {
  return pools.flatMap((pool) => {
    const text = roomSentence(pool);
    return text === "" ? [] : [paint.bold(`Room in pool "${printable(pool.name)}"`), wrap(text, 80, INDENT), ""];
  });
}

/** One answer. */
export function drawVerdict(
  { sure, pool, knobs, why, next, evidence, threads, tried }: Verdict,
  paint: Paint,
): string[] {
  const colour = sure === "certain" ? paint.red : sure === "likely" ? paint.yellow : paint.dim;
  const first = knobs[0] === undefined ? "" : `: ${knobs[0]}`;
  const others = knobs.slice(1);
  return [
    `${colour(`${sure}${tried ? ", but tried" : ""}`)}  ${paint.bold(`${pool}${first}`)}`,
    wrap(why, 80, INDENT),
    ...evidence.map((line) => wrap(`because ${clip(line, EVIDENCE)}`, 80, INDENT)),
    wrap(`next: ${next}`, 80, INDENT),
    ...(others.length > 0 ? [wrap(`also: ${others.join(", ")}`, 80, INDENT)] : []),
    paint.dim(wrap(`seen in: ${threads.join(", ")}`, 80, INDENT)),
    "",
  ];
}

/** The memory of applications that were ended, by kind of region. */
export function drawTaMemory(rows: readonly TaMemory[], paint: Paint): string[] {
  if (rows.length === 0) return [];
  const dumps = rows.reduce((sum, row) => sum + row.dumps, 0);
  const head = `${"code".padStart(9)}${"data+heap".padStart(11)}${"stack".padStart(9)}${"all".padStart(11)}  application`;
  return [
    paint.bold(`Memory of applications that were ended (${counted(dumps, "dump")}, the last of each)`),
    paint.dim(head),
    ...rows.map(({ code, data, stack, all, uuid }) => {
      const cells = [grouped(code).padStart(9), grouped(data).padStart(11), grouped(stack).padStart(9)];
      return `${cells.join("")}${grouped(all).padStart(11)}  ${printable(uuid)}`;
    }),
    "",
  ];
}
