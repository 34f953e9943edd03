// Reads a file of alarms: rules, silences, a webhook.
import { LineCounter, type Node, parseDocument } from "yaml";
import { parseLimit, type Unit } from "../../analyze/budget/limit.ts";
import { clip } from "../../base/printable.ts";
import { type AlarmKind, type AlarmRule, KINDS, type Silence } from "./rule.ts";
import { parseSpan } from "./span.ts";
import type { Webhook } from "./webhook.ts";
import { fieldsOf, listItems, namedIn, type ReportAt, scalarText, textsOf } from "./yaml_nodes.ts";

/** What a file of alarms holds. A rule of kind `budget` has the path of its budget, which is read by others. */
interface AlarmsFile {
  readonly rules: readonly (AlarmRule & { readonly file?: string })[];
  readonly silences: readonly Silence[];
  readonly webhook: Webhook | null;
}

/** Something wrong with it. */
interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PARTS = ["alarms", "silence", "webhook"];
const RULE_KEYS = ["when", "over", "within", "for", "systems", "heaps", "file"];
const SILENCE_KEYS = ["alarm", "system", "heap", "until"];
const SPANS = "a time like 30 s, 10 min, 2 h or 1 d";

/** Reads it all, and everything that is wrong with it, by line. `$NAME` in a header stands for a variable of the environment. */
export function parseAlarms(
  text: string,
  env: Environment,
): { readonly file: AlarmsFile; readonly problems: readonly FileProblem[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: counter,
    prettyErrors: false,
    logLevel: "error",
  });
  const problems: FileProblem[] = document.errors.map(({ pos, message }) => ({
    line: Math.max(1, counter.linePos(pos[0]).line),
    text: message.replace(/\s+/g, " ").trim(),
  }));
  const report: ReportAt = (node, problem) =>
    void problems.push({ line: Math.max(1, counter.linePos(node?.range?.[0] ?? 0).line), text: problem });
  const rules: (AlarmRule & { readonly file?: string })[] = [];
  const silences: Silence[] = [];
  let webhook: Webhook | null = null;
  if (problems.length === 0) {
    const root = fieldsOf(document.contents, PARTS, "the file", report);
    for (const [name, value] of namedIn(root.get("alarms") ?? null, report)) {
      const rule = readRule(name, value, report);
      if (rule !== null) rules.push(rule);
    }
    for (const item of listItems(root.get("silence") ?? null, report)) {
      const silence = readSilence(item, report);
      if (silence !== null) silences.push(silence);
    }
    const hook = root.get("webhook");
    if (hook !== undefined) webhook = readWebhook(hook, env, report);
    if (rules.length === 0 && problems.length === 0)
      problems.push({ line: 1, text: "it has no rule; under 'alarms' each has a name and a 'when'" });
  }
  return { file: { rules, silences, webhook }, problems: problems.sort((a, b) => a.line - b.line) };
}

function readRule(name: string, value: Node | null, report: ReportAt): (AlarmRule & { readonly file?: string }) | null {
  const fields = fieldsOf(value, RULE_KEYS, `'${clip(name)}'`, report);
  const when = fields.get("when") ?? null;
  const row = KINDS.find(({ kind }) => kind === scalarText(when));
  if (row === undefined) {
    report(when ?? value, `${clip(name)}: 'when' is one of ${KINDS.map(({ kind }) => `'${kind}'`).join(", ")}`);
    return null;
  }
  const only = (key: string, allowed: boolean): Node | null => {
    const node = fields.get(key) ?? null;
    if (node !== null && !allowed) report(node, `${clip(name)}: '${key}' has no meaning for '${row.kind}'`);
    return allowed ? node : null;
  };
  const file = scalarText(only("file", row.kind === "budget"));
  if (row.kind === "budget" && file === "") report(value, `${clip(name)}: 'file' names the budget`);
  return {
    name,
    kind: row.kind,
    systems: textsOf(fields.get("systems") ?? null, report),
    heaps: textsOf(only("heaps", row.heaps), report),
    over: readOver(only("over", row.over !== undefined), row.kind, row.over, value, report),
    within: readSpan(only("within", row.within !== undefined), row.within ?? 0, report),
    hold: readSpan(fields.get("for") ?? null, row.hold, report),
    ...(file === "" ? {} : { file }),
  };
}

function readOver(
  node: Node | null,
  kind: AlarmKind,
  over: { readonly unit: Unit; readonly usual?: number } | undefined,
  rule: Node | null,
  report: ReportAt,
): number {
  if (over === undefined) return 0;
  if (node === null) {
    if (over.usual === undefined) report(rule, `'over' is missing: ${kind} over how many bytes an hour, like 1 KiB`);
    return over.usual ?? 0;
  }
  const limit = parseLimit(scalarText(node), [over.unit]);
  if (!limit.ok) report(node, `over: ${limit.error}`);
  return limit.ok ? limit.value.value : 0;
}

function readSpan(node: Node | null, usual: number, report: ReportAt): number {
  if (node === null) return usual;
  const span = parseSpan(scalarText(node));
  if (span === undefined) report(node, `expected ${SPANS}`);
  return span ?? 0;
}

function readSilence(item: Node, report: ReportAt): Silence | null {
  const fields = fieldsOf(item, SILENCE_KEYS, "a silence", report);
  const until = fields.get("until") ?? null;
  const time = Date.parse(scalarText(until));
  if (Number.isNaN(time)) {
    report(until ?? item, "'until' is a date, like 2026-12-24 or 2026-12-24T18:00:00Z");
    return null;
  }
  const pattern = (key: string): string => scalarText(fields.get(key) ?? null) || "*";
  return { alarm: pattern("alarm"), system: pattern("system"), heap: pattern("heap"), until: time };
}

function readWebhook(node: Node, env: Environment, report: ReportAt): Webhook | null {
  const fields = fieldsOf(node, ["url", "headers"], "the webhook", report);
  const url = scalarText(fields.get("url") ?? null);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    report(fields.get("url") ?? node, "'url' is the address that alarms are posted to, like https://chat.example/hook");
    return null;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of namedIn(fields.get("headers") ?? null, report)) {
    const given = scalarText(value);
    const variable = given.startsWith("$") ? given.slice(1) : null;
    const known = variable === null ? given : env[variable];
    if (known === undefined) report(value, `the variable ${clip(variable ?? "")} is not set`);
    try {
      new Headers([[name, known ?? ""]]);
      headers[name] = known ?? "";
    } catch {
      report(value, `${clip(name)}: not a header that can be sent`);
    }
  }
  return { url, headers };
}
