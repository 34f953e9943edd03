// Nodes of a YAML document in the failsafe schema, where every scalar is a text.
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { clip } from "../../base/printable.ts";

/** Takes a problem and the node that it is about. */
export type ReportAt = (node: Node | null, text: string) => void;

/** The fields of a map. Those that are not known are reported. */
export function fieldsOf(node: unknown, keys: readonly string[], what: string, report: ReportAt): Map<string, Node> {
  const fields = new Map<string, Node>();
  if (node === null || node === undefined) return fields;
  if (!isMap(node)) {
    report(node as Node, `${what} has ${keys.join(", ")}`);
    return fields;
  }
  for (const { key, value } of pairsOf(node)) {
    const word = scalarText(key);
    if (!keys.includes(word)) report(key, `${what} has no '${clip(word)}'; it has ${keys.join(", ")}`);
    else if (value !== null) fields.set(word, value);
  }
  return fields;
}

/** What a map holds, in its order. */
export function namedIn(node: Node | null, report: ReportAt): [string, Node | null][] {
  if (node === null) return [];
  if (isMap(node)) return pairsOf(node).map(({ key, value }) => [scalarText(key), value]);
  report(node, "expected names with a colon, and what they stand for");
  return [];
}

/** The items of a list. */
export function listItems(node: Node | null, report: ReportAt): Node[] {
  if (node === null) return [];
  if (isSeq(node)) return node.items as Node[];
  report(node, "expected a list: each item begins with '-'");
  return [];
}

/** The texts of a list, or of one scalar. */
export function textsOf(node: Node | null, report: ReportAt): string[] {
  if (node === null) return [];
  if (isScalar(node)) return [scalarText(node)];
  return listItems(node, report).map(scalarText);
}

/** The text of a scalar as it was written; empty for anything else. */
export function scalarText(node: Node | null): string {
  return isScalar(node) ? String(node.value ?? "") : "";
}

function pairsOf(map: YAMLMap): readonly Pair<Node | null, Node | null>[] {
  return map.items as Pair<Node | null, Node | null>[];
}
