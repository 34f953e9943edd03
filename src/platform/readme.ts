// The README.md of a platform's folder: what was measured, what inferred, what is missing.
import type { Certainty, Platform, StepSeries } from "./platform.ts";
import { type SiteName, useOf } from "./site_names.ts";
import { type Switches, UPSTREAM_SWITCHES } from "./switches.ts";

const HOW: Readonly<Record<Certainty, string>> = {
  measured: "seen in the running system",
  inferred: "concluded from what was seen",
  analogy: "taken over from a platform that is alike",
};

/** The text of a README.md. */
export function readmeOf(platform: Platform): string {
  const { name, version, build, core, ta, nexusBase, switches } = platform;
  const hex = (value: number): string => `0x${value.toString(16)}`;
  return [
    `# Platform ${name}`,
    "<!-- Written by 'npm run platforms' from the other files of this folder: do not edit. -->",
    `OP-TEE ${version}: ${build}.`,
    table(
      ["", "value"],
      [
        ["word of the core, of applications", `${core.word}, ${ta.word} bytes`],
        ["address of the core heap, of the nexus heap", `${hex(core.heapBase)}, ${hex(nexusBase)}`],
        ["core heap beyond CFG_CORE_HEAP_SIZE", `${core.heapSlack} bytes`],
        ["memory for TAs", `${ta.ramSize} bytes`],
        ["switches that differ from upstream's", switchText(switches)],
        ...seriesRows(platform),
      ],
    ),
    "## Where it comes from",
    table(
      ["what", "how", "source"],
      platform.provenance.map(({ of, how, source }) => [of, how, source]),
    ),
    "## Call sites",
    countsOf(platform),
    ...othersOf(platform),
    "## Missing",
    `${missingOf(platform)}\n`,
  ].join("\n\n");
}

function seriesRows({ boot, load, unload, loader }: Platform): string[][] {
  const count = ({ steps, missing }: StepSeries): string =>
    `${steps.length}${missing === null ? "" : `, the rest is missing: ${missing}`}`;
  return [
    ["operations of the boot", count(boot)],
    ["operations while an application is loaded, unloaded", `${count(load)}; ${count(unload)}`],
    ["operations of the loader", count(loader)],
  ];
}

function switchText(switches: Switches): string {
  const changed = Object.entries(switches).filter(
    ([name, value]) => UPSTREAM_SWITCHES[name as keyof Switches] !== value,
  );
  return changed.map(([name, value]) => `${name}=${value === true ? "y" : value === false ? "n" : value}`).join(" ");
}

/** A row is a place where blocks are allocated, or one where they are freed. */
function countsOf({ sites }: Platform): string {
  const rows = [...sites.values()].flatMap(({ how, end }) => [how, ...(end === null ? [] : [end.how])]);
  const kinds = Object.keys(HOW) as Certainty[];
  return table(
    ["how", "rows", "meaning"],
    kinds.map((how) => [how, String(rows.filter((one) => one === how).length), HOW[how]]),
  );
}

/** The rows that nobody saw. */
function othersOf({ sites }: Platform): string[] {
  const rows: string[][] = [];
  for (const { name, how, note, end } of sites.values()) {
    if (how !== "measured") rows.push([`\`${name}\``, `${useOf(name).is}: size and place`, how, note]);
    if (end && end.how !== "measured")
      rows.push([`\`${name}\``, `${useOf(name).is}: where it is freed`, end.how, end.note]);
  }
  const text = table(["call site", "what", "how", "why"], rows);
  return rows.length === 0 ? [] : ["Not measured:", text];
}

function missingOf({ boot, load, unload, loader, sites, missing }: Platform): string {
  const unknown = [boot, load, unload, loader].flatMap(({ steps }) => steps).filter(({ file }) => file === null);
  const rows = [...missing].map(([name, why]) => [`\`${name as SiteName}\``, useOf(name).is, why]);
  const places = [...sites.values()].filter(({ file, end }) => file === null || end?.file === null);
  const said = [
    ...(rows.length === 0 ? [] : [table(["call site", "what", "why"], rows)]),
    ...(unknown.length === 0
      ? []
      : [`${unknown.length} operations have no file and line: their call sites are unknown.`]),
    ...places.map(({ name }) => `\`${name}\`: a call site is unknown.`),
  ];
  return said.length === 0 ? "Nothing that the code asks for." : said.join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
