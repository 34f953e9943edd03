// What must be raised together with the first option of an answer, from a log: settings, the memory map, counters.
import { type BuildFacts, raisedTogether } from "../raise_together.ts";
import { factsOf, has, type Symptoms, taRam } from "./case.ts";
import { taMemory } from "./ta_memory.ts";

/** What else changes with the first option of an answer; empty if nothing does. */
export function together(symptoms: Symptoms, knob: string | undefined): string {
  return knob === undefined ? "" : raisedTogether(knob, null, buildFacts(symptoms)).join(" ");
}

/** What a text tells of a build: lines of a conf.mk, the boot log's memory map, dumps of TAs, counters. */
export function buildFacts(symptoms: Symptoms): BuildFacts {
  const settings = factsOf(symptoms, "setting").map(({ groups: [name = "", value = ""] }) => [name, value] as const);
  const options = new Map(settings);
  const { size, allocated } = taRam(symptoms) ?? {};
  const [top] = taMemory(symptoms.console?.dumps ?? []).sort((a, b) => b.all - a.all);
  const pool = factsOf(symptoms, "pager-on")
    .flatMap(({ groups }) => groups[0] || [])
    .at(-1);
  return {
    options,
    ...given("spare", sizeOf(symptoms, /^TEE_RAM/, /VCORE_FREE/)),
    ...given("teeRam", sizeOf(symptoms, /^TEE_RAM/)),
    ...given("taMemory", size || sizeOf(symptoms, /^TA_RAM/)),
    ...(size && allocated !== undefined ? { taFree: size - allocated } : {}),
    ...(top === undefined ? {} : { largestTa: top.all }),
    ...(has(symptoms, "pager-on") || options.get("CFG_WITH_PAGER") === "y" ? { pager: true } : {}),
    ...(pool === undefined ? {} : { pagerPool: Number(pool) * 1024 }),
  };
}

function given(name: keyof BuildFacts, bytes: number | undefined): BuildFacts {
  return bytes === undefined ? {} : { [name]: bytes };
}

/** The areas of the boot log's memory map of a type, and in lines with a name, added up; undefined without any. */
function sizeOf(symptoms: Symptoms, type: RegExp, name = /./): number | undefined {
  const areas = new Map(
    factsOf(symptoms, "map-size")
      .filter(({ groups: [area = ""], text }) => type.test(area) && name.test(text))
      .map(({ groups: [, at = "", size = ""] }) => [at, Number.parseInt(size, 16)] as const),
  );
  return areas.size === 0 ? undefined : [...areas.values()].reduce((all, size) => all + size, 0);
}
