// Checks which statistics a system answers, and what its build lacks.
import { TEE } from "../../abi/errors.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import type { Verdict } from "../../analyze/triage/triage.ts";
import type { Source } from "../../source/source.ts";
import { ask } from "../systems/asking.ts";

/** One thing that a system was asked for. */
export interface SystemCheck {
  readonly name: string;
  readonly well: boolean;
  /** Only needed for leak hunting. */
  readonly optional?: boolean;
  /** What was found, or what is missing and how to get it. */
  readonly text: string;
}

/** What a source answers, and what it has counted. */
export interface Checked {
  readonly checks: readonly SystemCheck[];
  readonly symptoms: Symptoms;
  /** What is known already, before the symptoms are looked at. */
  readonly verdicts?: readonly Verdict[];
}

/** Asks a source for everything that statistics have. What it cannot be asked is nothing that is missing in the system. */
export async function checkSystem(source: Source): Promise<Checked> {
  const checks: SystemCheck[] = [];
  const add = (name: string, well: boolean, text: string, optional = false): void => {
    checks.push(optional ? { name, well, text, optional } : { name, well, text });
  };
  const alloc = await ask(source, "alloc");
  if (!alloc.ok) {
    const { failure, text } = alloc.error;
    const isMissing = failure?.call === "TEEC_OpenSession" && failure.code === TEE.ITEM_NOT_FOUND;
    const gave = failure === undefined ? text : `${failure.call} gave 0x${failure.code.toString(16)}`;
    add("statistics", false, isMissing ? "needs CFG_WITH_STATS=y" : gave, !source.answers.has("alloc"));
    if (failure !== undefined) return { checks, symptoms: { refused: [failure] } };
    if (source.answers.has("alloc")) return { checks, symptoms: {} };
  } else {
    const { pools } = alloc.value;
    add("statistics", true, `${pools.length} pools, ${pools.filter(({ size }) => size !== 0).length} in use`);
  }
  const tas = await ask(source, "ta");
  if (tas.ok) add("of TAs", true, tas.value.length === 0 ? "none is loaded" : `${tas.value.length} loaded`);
  else if (tas.error.failure !== undefined) add("of TAs", false, "needs CFG_TA_STATS=y in the core's build");
  else add("of TAs", false, tas.error.text, !source.answers.has("ta"));
  const list = await ask(source, "memleak");
  if (list.ok) add("leak list", ...leakCheck(list.value));
  else if (list.error.failure === undefined) add("leak list", false, list.error.text, true);
  else add("leak list", false, `the question failed with 0x${list.error.failure.code.toString(16)}`);
  const pager = await ask(source, "pager");
  const isPaged = pager.ok && Object.values(pager.value).some((value) => value !== 0);
  if (pager.ok) add("pager", true, isPaged ? "in use" : "all zeros: not in this build, or never used");
  else add("pager", false, "not answered", !source.answers.has("pager"));
  const refused = tas.ok || tas.error.failure === undefined ? [] : [tas.error.failure];
  return {
    checks,
    symptoms: { ...(alloc.ok ? { pools: alloc.value.pools } : {}), tas: tas.ok ? tas.value : [], refused },
  };
}

/** Whether the console printed a leak list, where its lines are known. */
function leakCheck(lines: readonly string[] | undefined): [well: boolean, text: string, optional?: boolean] {
  if (lines === undefined) return [true, "on its console, if it has CFG_TEE_CORE_MALLOC_DEBUG=y"];
  const blocks = lines.filter((line) => line.includes("buffer: ")).length;
  if (blocks > 0) return [true, `${blocks} blocks on the secure console`];
  return [false, "needs CFG_TEE_CORE_MALLOC_DEBUG=y and log level 2 or 3", true];
}
