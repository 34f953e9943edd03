// Findings as SARIF 2.1.0, which GitHub, GitLab and editors show at the lines of the source.
import type { FindingGroup } from "../analyze/findings/finding_group.ts";
import { type FindingStack, findingSentence, findingStacks, lineToMend } from "../analyze/findings/finding_words.ts";
import type { Judged } from "../analyze/findings/suppress.ts";
import type { Suppression } from "../analyze/findings/suppression.ts";
import type { CallFrame } from "../base/call_stack.ts";
import { placeParts } from "../base/place_parts.ts";
import { FINDING_KINDS, type FindingKind } from "../tee/monitor/finding.ts";

/** Where a source file lies, relative to the working folder and with `/`; undefined where it is not at hand. */
type PathOf = (file: string) => string | undefined;

/** The schema that every log names. */
export const SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** Who made a log. */
interface SarifTool {
  readonly name: string;
  /** Of the program; empty if unknown. */
  readonly version: string;
  readonly pathOf: PathOf;
}

/** A SARIF log with one run. */
export function findingsSarif(
  { shown, suppressed }: Pick<Judged, "shown" | "suppressed">,
  { name, version, pathOf }: SarifTool,
): object {
  const results = [
    ...shown.map((group) => result(group, pathOf)),
    ...suppressed.map(({ by, group }) => ({ ...result(group, pathOf), suppressions: [suppressionOf(by)] })),
  ];
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[];
  return {
    $schema: SARIF_SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, ...(version === "" ? {} : { semanticVersion: version }), rules: kinds.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
}

function ruleOf(kind: FindingKind): object {
  const { title, cwe, severity } = FINDING_KINDS[kind];
  return {
    id: kind,
    shortDescription: { text: title },
    helpUri: `https://cwe.mitre.org/data/definitions/${cwe}.html`,
    defaultConfiguration: { level: severity },
    properties: { tags: ["memory", `external/cwe/cwe-${cwe}`] },
  };
}

function suppressionOf({ why }: Suppression): object {
  return { kind: "external", ...(why === "" ? {} : { justification: why }) };
}

function result(group: FindingGroup, pathOf: PathOf): object {
  const { finding } = group.first;
  const mend = lineToMend(finding);
  const [where, ...others] = findingStacks(finding);
  return {
    ruleId: finding.kind,
    level: FINDING_KINDS[finding.kind].severity,
    message: { text: findingSentence(group) },
    locations: mend === null ? [] : [locationOf(mend, pathOf)],
    ...(where === undefined ? {} : { stacks: [stackOf(where, pathOf)] }),
    ...(others.length === 0 ? {} : { relatedLocations: others.flatMap((one, n) => related(one, n + 1, pathOf)) }),
    occurrenceCount: group.times,
    partialFingerprints: { "kindAndFunctions/v1": fingerprint(group) },
  };
}

function stackOf({ heading, frames }: FindingStack, pathOf: PathOf): object {
  const message = heading === "" ? {} : { message: { text: heading } };
  return { ...message, frames: frames.map((frame) => ({ location: locationOf(frame, pathOf) })) };
}

function related({ heading, frames }: FindingStack, id: number, pathOf: PathOf): object[] {
  const frame = frames.find(({ place }) => place !== "");
  return frame === undefined ? [] : [{ id, ...locationOf(frame, pathOf), message: { text: heading } }];
}

function locationOf({ func, place }: CallFrame, pathOf: PathOf): object {
  const { file, line } = placeParts(place);
  const region = line > 0 ? { region: { startLine: line } } : {};
  const uri = encodeURI(pathOf(file) ?? file);
  return {
    ...(file === "" ? {} : { physicalLocation: { artifactLocation: { uri }, ...region } }),
    ...(func === "" ? {} : { logicalLocations: [{ name: func, kind: "function" }] }),
  };
}

/** Stays the same where lines move. */
function fingerprint({ first: { finding, uuid } }: FindingGroup): string {
  const frames = findingStacks(finding)[0]?.frames ?? [];
  const names = frames.map(({ func, place }) => `${func}@${placeParts(place).file}`);
  return [uuid, finding.kind, ...names].join("|");
}
