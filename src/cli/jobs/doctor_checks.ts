import { TEE } from "../../abi/errors.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import type { Verdict } from "../../analyze/triage/triage.ts";
import { askAlloc, askMemleak, askPager, askTas } from "../../source/stats_client.ts";
import type { FoundSystem } from "../systems/system.ts";

/** One thing that a system was asked for. */
export interface Check {
  readonly name: string;
  readonly well: boolean;
  /** Nobody needs it who does not hunt for leaks. */
  readonly optional?: boolean;
  /** What was found, or what is missing and how to get it. */
  readonly text: string;
}

/** What a system answers, and what it has counted. */
export interface Checked {
  readonly checks: readonly Check[];
  readonly symptoms: Symptoms;
}

/** A system, or a recording of one, that was looked at. */
export interface Examined extends Checked {
  readonly title: string;
  readonly name: string;
  readonly verdicts: readonly Verdict[];
}

/** Asks a system for everything that statistics have. `printed` tells how many leak lines its console has had so far. */
export async function checkSystem(system: FoundSystem, printed: () => number | undefined): Promise<Checked> {
  const checks: Check[] = [];
  const add = (name: string, well: boolean, text: string, optional = false): void => {
    checks.push(optional ? { name, well, text, optional } : { name, well, text });
  };
  const alloc = await askAlloc(system.client);
  if (!alloc.ok) {
    const { call, code, origin } = alloc.error;
    const missing = call === "TEEC_OpenSession" && code === TEE.ITEM_NOT_FOUND;
    add("statistics", false, missing ? "needs CFG_WITH_STATS=y" : `${call} gave 0x${code.toString(16)}`);
    return { checks, symptoms: { refused: [{ call, code, origin }] } };
  }
  const { pools, release } = alloc.value;
  add("statistics", true, `${pools.length} pools, ${pools.filter(({ size }) => size > 0).length} in use`);
  const tas = await askTas(system.client, release);
  const none = !tas.ok && tas.error.code === TEE.ITEM_NOT_FOUND;
  if (tas.ok || none) add("of applications", true, none ? "none is loaded" : `${tas.ok ? tas.value.length : 0} loaded`);
  else add("of applications", false, "needs CFG_TA_STATS=y in the build of the core");
  const before = printed();
  const leaks = await askMemleak(system.client);
  const after = printed();
  if (!leaks.ok) add("leak list", false, `the question failed with 0x${leaks.error.code.toString(16)}`);
  else if (before === undefined || after === undefined) {
    add("leak list", true, "on its console, if it has CFG_TEE_CORE_MALLOC_DEBUG=y");
  } else if (after > before) add("leak list", true, `${after - before} blocks on the secure console`);
  else add("leak list", false, "needs CFG_TEE_CORE_MALLOC_DEBUG=y and log level 2 or 3", true);
  const pager = await askPager(system.client);
  const paged = pager.ok && Object.values(pager.value).some((value) => value !== 0);
  add(
    "pager",
    pager.ok,
    pager.ok ? (paged ? "in use" : "not in this build, or never used: all zeros") : "not answered",
  );
  return { checks, symptoms: { pools, tas: tas.ok ? tas.value : [], refused: tas.ok || none ? [] : [tas.error] } };
}
