import * as v from "valibot";
import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { type Budget, type BudgetLine, type BudgetProblem, METRICS, TOTAL } from "./budget.ts";
import type { Limit } from "./budget_limit.ts";
import { budgetSchema } from "./budget_schema.ts";

type Parsed = v.InferOutput<typeof budgetSchema>;

/** Reads a budget in YAML or JSON. The error lists everything that is wrong with it, by line. */
export function parseBudget(text: string): Result<Budget, readonly BudgetProblem[]> {
  const counter = new LineCounter();
  // In this schema every scalar is the text that was written: 012 stays 012, and a UUID that looks like a number one.
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: counter,
    prettyErrors: false,
    logLevel: "error",
  });
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  if (document.errors.length > 0)
    return err(
      inOrder(
        document.errors.map(({ pos, message, code }) => ({
          line: lineAt(pos[0]),
          text: code === "MULTIPLE_DOCS" ? "a second document begins here; a budget is one" : plain(message),
        })),
      ),
    );
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    return err([{ line: 1, text: plain(error instanceof Error ? error.message : String(error)) }]);
  }
  const checked = v.safeParse(budgetSchema, value);
  if (!checked.success)
    return err(
      inOrder(
        checked.issues.map((issue) => {
          const path = (issue.path ?? []).map(({ key }) => String(key));
          return { line: lineAt(placeOf(document, path).key), text: problemText(issue, path) };
        }),
      ),
    );
  const lines = linesOf(checked.output, document, lineAt);
  if (lines.length === 0) return err([{ line: 1, text: "no limit in it: name heaps, and what each may use" }]);
  return ok({ lines, recordings: checked.output.recordings ?? [] });
}

function linesOf({ heaps = {}, total }: Parsed, document: Document, lineAt: (offset: number) => number): BudgetLine[] {
  const lines: BudgetLine[] = [];
  const add = (
    path: readonly string[],
    heap: string,
    metric: BudgetLine["metric"],
    site: string,
    limit: Limit,
  ): void => {
    const { key, from, to } = placeOf(document, path);
    lines.push({ heap, metric, site, limit, line: lineAt(key), from, to });
  };
  const groups = Object.entries(heaps).map(([heap, limits]) => ({ heap, path: ["heaps", heap], limits }));
  if (total) groups.push({ heap: TOTAL, path: [TOTAL], limits: total });
  for (const { heap, path, limits } of groups)
    for (const { metric } of METRICS) {
      const limit = limits[metric];
      if (limit === undefined) continue;
      if (isLimit(limit)) add([...path, metric], heap, metric, "", limit);
      else for (const [site, one] of Object.entries(limit)) add([...path, metric, site], heap, metric, site, one);
    }
  return lines.sort((a, b) => a.from - b.from);
}

function isLimit(limit: Limit | Record<string, Limit>): limit is Limit {
  return typeof limit.value === "number";
}

/** Offsets of a key and of its value; of the part of the path that is there. */
function placeOf(document: Document, path: readonly string[]): { key: number; from: number; to: number } {
  let node = document.contents as Node | null;
  let key = node?.range?.[0] ?? 0;
  for (const name of path) {
    const target = node && "resolve" in node && typeof node.resolve === "function" ? node.resolve(document) : node;
    const next: unknown = isMap(target)
      ? target.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === name)
      : isSeq(target)
        ? target.items[Number(name)]
        : undefined;
    if (next === undefined) break;
    const found = isPair(next) ? next : { key: next, value: next };
    key = (found.key as Node).range?.[0] ?? key;
    node = found.value as Node | null;
  }
  return { key, from: node?.range?.[0] ?? key, to: node?.range?.[1] ?? key };
}

/** By line, each once. */
function inOrder(problems: readonly BudgetProblem[]): BudgetProblem[] {
  const known = new Map(problems.map((problem) => [`${problem.line} ${problem.text}`, problem]));
  return [...known.values()].sort((a, b) => a.line - b.line);
}

function problemText(issue: v.BaseIssue<unknown>, path: readonly string[]): string {
  const where = path.map((name) => clip(name)).join(" › ");
  if (issue.type === "strict_object" && issue.expected === "never") {
    const [known] = [issue.message.replace(/^expected (limits: )?/, "")];
    return `unknown key '${where}'; known here: ${known}`;
  }
  return where === "" ? issue.message : `${where}: ${issue.message}`;
}

/** The library's messages are sentences over several lines. */
function plain(message: string): string {
  if (/call stack/.test(message)) return "nested too deeply for a budget";
  return message.replace(/\s+/g, " ").trim();
}
