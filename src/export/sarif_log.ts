// Findings as SARIF 2.1.0, which GitHub, GitLab and editors show at the lines of the source.
import type { FindingGroup } from "../analyze/findings/finding_group.ts";
import { type FindingStack, findingSentence, findingStacks, lineToMend } from "../analyze/findings/finding_words.ts";
import type { Judged } from "../analyze/findings/suppress.ts";
import type { Suppression } from "../analyze/findings/suppression.ts";
import type { CallFrame } from "../base/call_stack.ts";
import { placeParts } from "../base/place_parts.ts";
import { FINDING_KINDS } from "../tee/monitor/finding.ts";

/** Where a source file lies, relative to the working folder and with `/`; undefined where it is not at hand. */
type PathOf = (file: string) => string | undefined;

/** The schema that every log names. */
export const SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** Who made a log. */
export interface SarifTool {
  readonly name: string;
  /** Of the program; empty if unknown. */
  readonly version: string;
  readonly pathOf: PathOf;
}

/** The findings of a checker, as a log. */
export function findingsSarif(judged: Pick<Judged, "shown" | "suppressed">, tool: SarifTool): object {
  return sarifLog(tool, FINDING_RULES, findingResults(judged, tool.pathOf));
}

/** A SARIF log with one run. */
export function sarifLog(
  { name, version }: Pick<SarifTool, "name" | "version">,
  rules: readonly object[],
  results: readonly object[],
): object {
  const driver = { name, ...(version === "" ? {} : { semanticVersion: version }), rules };
  return {
    $schema: SARIF_SCHEMA,
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

/** What a rule says of itself. */
interface SarifRule {
  readonly title: string;
  readonly cwe: number;
  readonly severity: "error" | "warning";
}

/** The rule of a kind of results. */
export function sarifRule(id: string, { title, cwe, severity }: SarifRule): object {
  return {
    id,
    shortDescription: { text: title },
    helpUri: `https://cwe.mitre.org/data/definitions/${cwe}.html`,
    defaultConfiguration: { level: severity },
    properties: { tags: ["memory", `external/cwe/cwe-${cwe}`] },
  };
}

/** One for each kind of findings. */
export const FINDING_RULES = Object.entries(FINDING_KINDS).map(([kind, rule]) => sarifRule(kind, rule));

/** Findings as results; those that are suppressed say by what. */
export function findingResults({ shown, suppressed }: Pick<Judged, "shown" | "suppressed">, pathOf: PathOf): object[] {
  return [
    ...shown.map((group) => result(group, pathOf)),
    ...suppressed.map(({ by, group }) => ({ ...result(group, pathOf), suppressions: [suppressionOf(by)] })),
  ];
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
    locations: mend === null ? [] : [sarifLocation(mend, pathOf)],
    ...(where === undefined ? {} : { stacks: [stackOf(where, pathOf)] }),
    ...(others.length === 0 ? {} : { relatedLocations: others.flatMap((one, n) => related(one, n + 1, pathOf)) }),
    occurrenceCount: group.times,
    partialFingerprints: { "kindAndFunctions/v1": fingerprint(group) },
  };
}

function stackOf({ heading, frames }: FindingStack, pathOf: PathOf): object {
  const message = heading === "" ? {} : { message: { text: heading } };
  return { ...message, frames: frames.map((frame) => ({ location: sarifLocation(frame, pathOf) })) };
}

function related({ heading, frames }: FindingStack, id: number, pathOf: PathOf): object[] {
  const frame = frames.find(({ place }) => place !== "");
  return frame === undefined ? [] : [{ id, ...sarifLocation(frame, pathOf), message: { text: heading } }];
}

/** A location of SARIF: the file, the line and the function, as far as they are known. */
export function sarifLocation({ func, place }: CallFrame, pathOf: PathOf): object {
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
