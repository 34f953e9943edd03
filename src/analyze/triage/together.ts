// What must be raised together: the sizes that an option takes from, with figures out of the log where it has them.
import { grouped } from "../../base/format.ts";
import { factsOf, has, type Symptoms } from "./case.ts";
import { taMemory } from "./ta_memory.ts";

/** What else changes with the first option of an answer; empty if nothing does. */
export function together(symptoms: Symptoms, knob: string | undefined): string {
  if (knob === "CFG_CORE_HEAP_SIZE") return has(symptoms, "pager-on") ? withPager(symptoms) : coreSize(symptoms);
  if (knob === "CFG_TZDRAM_SIZE") return secureSize(symptoms);
  if (knob === "TA_STACK_SIZE" || knob === "TA_DATA_SIZE" || knob?.endsWith("_TA_HEAP_SIZE") === true)
    return taSize(symptoms);
  return "";
}

function coreSize(symptoms: Symptoms): string {
  const ram = sizeOf(symptoms, /^TEE_RAM/);
  return `The core heap lies in TEE RAM: if the link fails then, raise CFG_TEE_RAM_VA_SIZE by as much${ram}${set(symptoms, "CFG_TEE_RAM_VA_SIZE")}, and CFG_TZDRAM_SIZE too, or the memory for TAs shrinks${set(symptoms, "CFG_TZDRAM_SIZE")}.`;
}

function withPager(symptoms: Symptoms): string {
  const pool = factsOf(symptoms, "pager-on")
    .flatMap(({ groups }) => groups[0] || [])
    .at(-1);
  const left = pool === undefined ? "" : ` (${pool} KiB for pages in this log)`;
  return `This core has the pager: the heap shares the secure RAM with its pages${left}. Raise it in steps of 4 KiB; too large a heap stops the boot ('Running out of pages').`;
}

function secureSize(symptoms: Symptoms): string {
  const ram = sizeOf(symptoms, /^TA_RAM/);
  return `All TAs share what TEE RAM leaves of it${ram}${set(symptoms, "CFG_TZDRAM_SIZE")}: each takes its code, TA_DATA_SIZE and TA_STACK_SIZE, rounded up to pages. TF-A and Linux's device tree must reserve the same area.${largest(symptoms)}`;
}

function taSize(symptoms: Symptoms): string {
  const ram = sizeOf(symptoms, /^TA_RAM/);
  return `Each instance of the TA takes it from the memory for TAs (CFG_TZDRAM_SIZE)${ram}, and more page tables. With the pager the core heap grows with it.${largest(symptoms)}`;
}

/** ` (1,048,576 bytes in this log)`: the areas of the boot log's memory map, added up. */
function sizeOf(symptoms: Symptoms, type: RegExp): string {
  const areas = new Map(
    factsOf(symptoms, "map-size")
      .filter(({ groups: [name = ""] }) => type.test(name))
      .map(({ groups: [, at = "", size = ""] }) => [at, Number.parseInt(size, 16)] as const),
  );
  const sum = [...areas.values()].reduce((all, size) => all + size, 0);
  return sum === 0 ? "" : ` (${grouped(sum)} bytes in this log)`;
}

/** ` (now 0x200000)`: a setting that stands in the text, as a conf.mk has it. */
function set(symptoms: Symptoms, name: string): string {
  const value = factsOf(symptoms, "setting").findLast(({ groups }) => groups[0] === name)?.groups[1];
  return value === undefined ? "" : ` (now ${value})`;
}

/** The largest TA that the log has a dump of. */
function largest({ console }: Symptoms): string {
  const [most] = taMemory(console?.dumps ?? []).sort((a, b) => b.all - a.all);
  return most === undefined ? "" : ` The largest in this log took ${grouped(most.all)} bytes.`;
}
