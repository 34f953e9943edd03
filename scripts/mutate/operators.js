// Small faults that a programmer makes: what can be planted in a source file, and where.
import { parseSync } from "rolldown/experimental";

/**
 * A planted fault.
 * @typedef {object} Mutant
 * @property {string} operator what was done, such as "< to <="
 * @property {number} from offset of the text that is replaced
 * @property {number} to
 * @property {string} text what stands there instead
 * @property {number} line the first is 1
 */

const OPERATORS = new Map(
  Object.entries({
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "===": "!==",
    "!==": "===",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "%": "*",
    "&": "|",
    "|": "&",
    "<<": ">>",
    ">>": "<<",
    ">>>": ">>",
    "&&": "||",
    "||": "&&",
    "??": "&&",
    "+=": "-=",
    "-=": "+=",
    "|=": "&=",
    "&=": "|=",
    "*=": "/=",
    "??=": "=",
  }),
);

const METHODS = new Map(
  Object.entries({
    some: "every",
    every: "some",
    startsWith: "endsWith",
    endsWith: "startsWith",
    find: "findLast",
    findLast: "find",
    padStart: "padEnd",
    padEnd: "padStart",
    indexOf: "lastIndexOf",
    min: "max",
    max: "min",
    floor: "ceil",
    ceil: "floor",
    round: "floor",
  }),
);

/** Calls that can be left out, so that what they are called on is the result. */
const DROPPED = new Set(["filter", "sort", "toSorted", "reverse", "trim", "trimEnd", "slice"]);

/** Numbers from here on can be ten times as large: a wrong unit. */
const UNIT = 60;

/** Children of a node that hold no program. */
const TYPES = new Set(["typeAnnotation", "returnType", "typeArguments", "typeParameters", "superTypeArguments"]);

/**
 * All faults that can be planted in a source file of TypeScript, in the order of their places.
 * @param {string} path
 * @param {string} code
 * @returns {Mutant[]}
 */
export function mutantsOf(path, code) {
  /** @type {Mutant[]} */
  const found = [];
  const { program, errors } = parseSync(path, code, { lang: "ts" });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const add = (operator, from, to, text) => {
    if (code.slice(from, to) !== text) found.push({ operator, from, to, text, line: lineOf(code, from) });
  };
  visit(program, null, (node, parent, key) => {
    for (const mutate of RULES[node.type] ?? []) mutate({ node, parent, key, code, add });
  });
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The source with a fault in it. */
export function planted(code, { from, to, text }) {
  return code.slice(0, from) + text + code.slice(to);
}

const RULES = {
  BinaryExpression: [swapOperator],
  LogicalExpression: [swapOperator, oneSide],
  AssignmentExpression: [swapOperator],
  Literal: [changeLiteral],
  TemplateElement: [changeTemplate],
  UnaryExpression: [dropSign],
  ConditionalExpression: [swapBranches],
  IfStatement: [fixCondition],
  ExpressionStatement: [dropStatement],
  UpdateExpression: [turnRound],
  CallExpression: [swapMethod, dropCall],
  ReturnStatement: [dropReturn],
  SpreadElement: [dropSpread],
};

function visit(node, parent, see, key = "") {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, parent, see, key);
    return;
  }
  if (node === null || typeof node !== "object" || typeof node.type !== "string") return;
  if (node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration") return;
  // Types; but not what stands in "x as T", "x satisfies T" and "x!".
  if (/^TS(?!As|Satisfies|NonNull)/.test(node.type)) return;
  see(node, parent, key);
  for (const [name, child] of Object.entries(node)) if (!TYPES.has(name)) visit(child, node, see, name);
}

function swapOperator({ node, code, add }) {
  const to = OPERATORS.get(node.operator);
  const at = code.indexOf(node.operator, node.left.end);
  if (to !== undefined) add(`${node.operator} to ${to}`, at, at + node.operator.length, to);
}

function oneSide({ node, code, add }) {
  if (node.operator === "??") return;
  add("left side only", node.start, node.end, code.slice(node.left.start, node.left.end));
  add("right side only", node.start, node.end, code.slice(node.right.start, node.right.end));
}

function changeLiteral({ node, parent, key, add }) {
  const { value, start, end } = node;
  if (typeof value === "number") {
    add("number + 1", start, end, String(value + 1));
    if (value > 1) add("number - 1", start, end, String(value - 1));
    if (value >= UNIT) add("number * 10", start, end, String(value * 10));
  }
  if (typeof value === "bigint") add("number + 1", start, end, `${value + 1n}n`);
  if (typeof value === "boolean") add("other boolean", start, end, String(!value));
  if (typeof value === "string" && value !== "" && key !== "key" && parent?.type !== "ImportExpression")
    add("other text", start, end, JSON.stringify(`${value.slice(0, -1)}~`));
}

/** The first small letter of what stands between the values. */
function changeTemplate({ node, code, add }) {
  const at = code.slice(node.start, node.end).search(/(?<=[^\\$])[a-z]/);
  if (node.value.raw.trim().length > 1 && at >= 0) add("other text", node.start + at, node.start + at + 1, "~");
}

function dropSign({ node, code, add }) {
  if (node.operator === "!" || node.operator === "-")
    add(`without ${node.operator}`, node.start, node.end, code.slice(node.argument.start, node.argument.end));
}

function swapBranches({ node, code, add }) {
  const text = ({ start, end }) => code.slice(start, end);
  add(
    "branches swapped",
    node.consequent.start,
    node.alternate.end,
    `${text(node.alternate)} : ${text(node.consequent)}`,
  );
}

function fixCondition({ node, add }) {
  add("if (true)", node.test.start, node.test.end, "true");
  add("if (false)", node.test.start, node.test.end, "false");
}

function dropStatement({ node, add }) {
  const { type } = node.expression;
  if (["CallExpression", "AssignmentExpression", "UpdateExpression", "AwaitExpression"].includes(type))
    add("without the statement", node.start, node.end, ";");
}

function turnRound({ node, add }) {
  const at = node.prefix ? node.start : node.end - 2;
  const to = node.operator === "++" ? "--" : "++";
  add(`${node.operator} to ${to}`, at, at + 2, to);
}

function swapMethod({ node, add }) {
  const { type, property } = node.callee;
  const to = type === "MemberExpression" && !node.callee.computed ? METHODS.get(property.name) : undefined;
  if (to !== undefined) add(`${property.name} to ${to}`, property.start, property.end, to);
}

function dropCall({ node, code, add }) {
  const { type, property, object } = node.callee;
  if (type === "MemberExpression" && !node.callee.computed && DROPPED.has(property.name))
    add(`without .${property.name}()`, node.start, node.end, code.slice(object.start, object.end));
}

function dropReturn({ node, parent, add }) {
  if (parent?.type === "IfStatement") add("without the return", node.start, node.end, ";");
}

function dropSpread({ node, parent, code, add }) {
  if (parent?.type !== "ObjectExpression") return;
  add("without the spread", node.start, code[node.end] === "," ? node.end + 1 : node.end, "");
}

function lineOf(code, at) {
  let line = 1;
  for (let i = code.indexOf("\n"); i >= 0 && i < at; i = code.indexOf("\n", i + 1)) line++;
  return line;
}
