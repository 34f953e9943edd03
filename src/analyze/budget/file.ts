// Parses a budget in YAML or JSON.
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { type Budget, type BudgetLine, type BudgetProblem, METRICS, type Metric, TOTAL } from "./budget.ts";
import { type Limit, parseLimit, type Unit } from "./limit.ts";

/** Each takes a line of the report. Aliases could make more of them than a file has room for. */
const MAX_LINES = 100_000;

const OF_HEAP: ReadonlyMap<string, readonly Unit[]> = new Map(METRICS.map(({ metric, units }) => [metric, units]));
const OF_TOTAL: ReadonlyMap<string, readonly Unit[]> = new Map(
  METRICS.filter(({ total }) => total).map(({ metric, units }) => [metric, units.filter((unit) => unit !== "percent")]),
);
const OF_FILE: ReadonlySet<string> = new Set(["heaps", TOTAL, "recordings"]);
const ROOT = "'heaps', 'total' or 'recordings'";

/** Reads a budget in YAML or JSON. The error lists everything that is wrong with it, by line. */
export function parseBudget(text: string): Result<Budget, readonly BudgetProblem[]> {
  const counter = new LineCounter();
  // In this schema every scalar is the text that was written: 012 stays 012, and a UUID that looks like a number one. Keys
  // are compared below: the library takes the square of their number for it.
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: counter,
    prettyErrors: false,
    logLevel: "error",
    uniqueKeys: false,
  });
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  if (document.errors.length > 0)
    return err(
      inOrder(
        document.errors.map(({ pos, message, code }) => ({
          line: lineAt(pos[0]),
          text: code === "MULTIPLE_DOCS" ? "a second document begins here; a budget has only one" : plain(message),
        })),
      ),
    );
  const reader = createReader(document, lineAt);
  const budget = reader.read(document.contents);
  if (reader.problems.length > 0) return err(inOrder(reader.problems));
  if (budget.lines.length === 0) return err([{ line: 1, text: "it has no limit; name heaps and the limits of each" }]);
  return ok(budget);
}

/** Where something stands: its key's node, its value's, and the words of a message. */
interface Place {
  readonly key: Node | null;
  readonly value: Node | null;
  readonly path: string;
}

/**
 * Reads the nodes of a document: names are never keys of an object, as `__proto__` is a name like any other.
 * Long: its parts share the list of problems and the place in the document.
 */
function createReader(
  document: Document,
  lineAt: (offset: number) => number,
): { read(root: unknown): Budget; readonly problems: BudgetProblem[] } {
  const problems: BudgetProblem[] = [];
  const targets = targetsIn(document);
  const lines: BudgetLine[] = [];

  function report({ key, value }: Place, text: string): void {
    problems.push({ line: lineAt(key?.range?.[0] ?? value?.range?.[0] ?? 0), text });
  }
  function worded(place: Place, text: string): void {
    report(place, place.path === "" ? text : `${place.path}: ${text}`);
  }
  /** What an alias stands for. */
  function resolved(place: Place): Node | null | undefined {
    const { value } = place;
    if (!isAlias(value)) return value;
    const target = targets.get(value);
    if (target === undefined)
      report(place, `Unresolved alias (the anchor must be set before the alias): ${clip(value.source)}`);
    return target;
  }
  /** The members of a map by name. Names that come twice are a problem, and so is what is no map. */
  function members(place: Place, expected: string): Map<string, Place> {
    const map = resolved(place);
    const found = new Map<string, Place>();
    if (map === undefined) return found;
    if (!isMap(map)) worded(place, expected);
    else
      for (const item of (map as YAMLMap).items) {
        const { key, value } = item as Pair<Node, Node | null>;
        const name = String(isScalar(key) ? key.value : key);
        const path = place.path === "" ? clip(name) : `${place.path} › ${clip(name)}`;
        if (found.has(name)) report({ key, value, path }, "Map keys must be unique");
        found.set(name, { key, value, path });
      }
    return found;
  }
  function addLine(place: Place, heap: string, metric: Metric, site: string, units: readonly Unit[]): void {
    const node = resolved(place);
    if (node === undefined) return;
    const limit =
      isScalar(node) || node === null ? parseLimit(String(node?.value ?? ""), units) : err("expected a number");
    if (!limit.ok) return worded(place, limit.error);
    if (lines.length === MAX_LINES) return report(place, `more than ${MAX_LINES} limits`);
    if (lines.length < MAX_LINES) lines.push(lineOf(place, heap, metric, site, limit.value));
  }
  function lineOf({ key, value }: Place, heap: string, metric: Metric, site: string, limit: Limit): BudgetLine {
    const at = key?.range?.[0] ?? 0;
    const [from, to] = [value?.range?.[0] ?? at, value?.range?.[1] ?? at];
    return { heap, metric, site, limit, line: lineAt(at), from, to };
  }
  function limitsOf(place: Place, heap: string, known: ReadonlyMap<string, readonly Unit[]>): void {
    const names = [...known.keys()].join(", ");
    for (const [name, limit] of members(place, `expected limits: ${names}`)) {
      const units = known.get(name);
      if (units === undefined) report(limit, `unknown key '${limit.path}'; known here: ${names}`);
      else if (name !== "leaks") addLine(limit, heap, name as Metric, "", units);
      else
        for (const [site, one] of members(limit, "expected call sites with bytes, like 'core/mm/mobj.c: 1k'"))
          addLine(one, heap, "leaks", site, units);
      if (lines.length >= MAX_LINES && problems.length > 0) return;
    }
  }
  function recordingsIn(place: Place | undefined): string[] {
    if (place === undefined) return [];
    const list = resolved(place);
    if (list === undefined) return [];
    if (!isSeq(list)) worded(place, "expected a list of files");
    const items = (isSeq(list) ? list.items : []) as (Node | null)[];
    return items.flatMap((value, n) => {
      const item = { key: null, value, path: `${place.path} › ${n}` };
      const name = resolved(item);
      if (isScalar(name)) return [String(name.value ?? "")];
      if (name !== undefined) worded(item, "expected a file name");
      return [];
    });
  }
  return {
    problems,
    read(root) {
      const whole = { key: null, value: root as Node | null, path: "" };
      const top = members(whole, `expected ${ROOT}`);
      for (const [name, place] of top)
        if (!OF_FILE.has(name)) report(place, `unknown key '${place.path}'; known here: ${ROOT}`);
      const heaps = top.get("heaps");
      const named = heaps === undefined ? [] : members(heaps, "expected heaps: core, ldelf, ta-UUID or ta-*");
      for (const [heap, place] of named) limitsOf(place, heap, OF_HEAP);
      const total = top.get(TOTAL);
      if (total !== undefined) limitsOf(total, TOTAL, OF_TOTAL);
      lines.sort((a, b) => a.from - b.from);
      return { lines, recordings: recordingsIn(top.get("recordings")) };
    },
  };
}

/** What each alias stands for: the last node before it that has its anchor. One pass, as the library takes one for each. */
function targetsIn(document: Document): ReadonlyMap<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(document, (_, node) => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    } else if (
      !isPair(node) &&
      typeof node === "object" &&
      node !== null &&
      "anchor" in node &&
      node.anchor !== undefined
    )
      anchors.set(String(node.anchor), node as Node);
  });
  return targets;
}

/** By line, each once. */
function inOrder(problems: readonly BudgetProblem[]): BudgetProblem[] {
  const known = new Map(problems.map((problem) => [`${problem.line} ${problem.text}`, problem]));
  return [...known.values()].sort((a, b) => a.line - b.line);
}

/** Characters of a message: a file that is no budget may have a line of any length. */
const LONGEST = 160;

/** The library's messages are sentences over several lines. */
function plain(message: string): string {
  if (/call stack/.test(message)) return "nested too deeply for a budget";
  const words = message.replace(/\s+/g, " ").trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
