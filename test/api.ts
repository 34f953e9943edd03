// The public API as text: every name of every entry point (`src/*/index.ts`) with its kind and signature.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Comment, type Declaration, parseSync, type Statement } from "oxc-parser";

/** Characters beyond which a union has a line for each member. */
const LONG = 120;

/** An exported declaration of a file. */
export interface Exported {
  readonly name: string;
  /** Kind, name and signature, without comments; an interface has a line for each member. */
  readonly text: string;
}

/** The whole API of the package in `root`, door by door. */
export function describeApi(root: string): string {
  return doorsOf(root)
    .sort()
    .map(
      (door) => `${door === "library" ? "teemem" : `teemem/${door}`}\n${namesOf(join(root, "src", door)).join("\n")}\n`,
    )
    .join("\n");
}

/** Names of doors, with their file, that have no comment. */
export function undocumentedNames(root: string): string[] {
  return doorsOf(root).flatMap((door) => {
    const folder = join(root, "src", door);
    const { program } = parseSync("index.ts", readFileSync(join(folder, "index.ts"), "utf8"));
    return program.body.flatMap((statement) => {
      if (statement.type !== "ExportNamedDeclaration" || statement.source === null) return [];
      const without = undocumentedIn(readFileSync(join(folder, statement.source.value), "utf8"));
      const names = statement.specifiers.map(({ local }) => ("name" in local ? local.name : local.value));
      return names.filter((name) => without.includes(name)).map((name) => `${door}: ${name}`);
    });
  });
}

/** Folders of src that have an entry point. */
function doorsOf(root: string): string[] {
  return readdirSync(join(root, "src")).filter((folder) => existsSync(join(root, "src", folder, "index.ts")));
}

/** Descriptions of all that a door names, sorted. */
function namesOf(folder: string): string[] {
  const { program } = parseSync("index.ts", readFileSync(join(folder, "index.ts"), "utf8"));
  return program.body
    .flatMap((statement) => {
      if (statement.type !== "ExportNamedDeclaration" || statement.source === null)
        throw new Error(`${folder}/index.ts: a door has nothing but export { … } from "…"`);
      const exported = exportsOf(readFileSync(join(folder, statement.source.value), "utf8"));
      return statement.specifiers.map(({ local, exported: as }) => {
        const name = "name" in local ? local.name : local.value;
        const found = exported.find((one) => one.name === name);
        if (found === undefined || !("name" in as) || as.name !== name)
          throw new Error(`${folder}/index.ts: ${name} is not declared in ${statement.source?.value}, or is renamed`);
        return indented(found.text, "  ");
      });
    })
    .sort();
}

/** Exported declarations of a source text that no doc comment stands before. */
export function undocumentedIn(source: string): string[] {
  const { program, comments } = parseSync("file.ts", source);
  const several = new Set<string>();
  return program.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) return [];
    const { declaration } = statement;
    // Its signatures have the comments of what implements them.
    if (declaration.type === "FunctionDeclaration" && several.has(declaration.id?.name ?? "")) return [];
    if (declaration.type === "TSDeclareFunction") several.add(declaration.id?.name ?? "");
    // Between them may be words to a linter.
    const isNothing = (line: string): boolean => line.trim() === "" || line.trim().startsWith("//");
    const isDocumented = comments.some(
      ({ start, end, value }) =>
        value.startsWith("*") &&
        start < statement.start &&
        source.slice(end, statement.start).split("\n").every(isNothing),
    );
    return isDocumented ? [] : described(statement.declaration, () => "").map(({ name }) => name);
  });
}

/** Every exported declaration of a source text. */
export function exportsOf(source: string): Exported[] {
  const { program, comments } = parseSync("file.ts", source);
  const slice = ({ start, end }: Span): string => withoutComments(source, start, end, comments);
  const found = program.body.flatMap((statement: Statement) =>
    statement.type === "ExportNamedDeclaration" && statement.declaration
      ? described(statement.declaration, slice).map((one) => ({ ...one, kind: statement.declaration?.type }))
      : [],
  );
  // A function with several signatures is one name; what implements it is none of them.
  const several = found.filter(({ kind }) => kind === "TSDeclareFunction");
  return found.flatMap(({ name, text, kind }, n) => {
    const signatures = several.filter((one) => one.name === name);
    if (signatures.length === 0) return [{ name, text }];
    if (kind !== "TSDeclareFunction" || found.findIndex((one) => one.name === name) !== n) return [];
    return [{ name, text: signatures.map((one) => one.text).join("\n") }];
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}
type Slice = (span: Span) => string;

function described(node: Declaration, slice: Slice): Exported[] {
  if (node.type === "VariableDeclaration")
    return node.declarations.map(({ id, init }) => {
      const name = "name" in id ? id.name : "";
      const head = `const ${slice(id)}`;
      if (id.typeAnnotation || !init) return { name, text: head };
      const value = init.type === "TSAsExpression" ? init.expression : init;
      if (value.type === "ObjectExpression") return { name, text: withMembers(head, value.properties, slice) };
      return { name, text: `${head} = ${slice(value)}` };
    });
  const name = node.id && "name" in node.id ? node.id.name : "";
  if (node.type === "TSInterfaceDeclaration") {
    const head = slice({ start: node.start, end: node.body.start });
    return [{ name, text: withMembers(head, node.body.body, slice) }];
  }
  const text = slice(node);
  if (node.type === "TSTypeAliasDeclaration" && node.typeAnnotation.type === "TSUnionType" && text.length > LONG) {
    const head = slice({ start: node.start, end: node.id.end });
    return [{ name, text: withMembers(head, node.typeAnnotation.types, (member) => `| ${slice(member)}`) }];
  }
  const end = "body" in node && node.body ? node.body.start : node.end;
  return [{ name, text: slice({ start: node.start, end }).replace(/^async /, "") }];
}

function withMembers(head: string, members: readonly Span[], slice: Slice): string {
  return [head, ...members.map((member) => `  ${slice(member)}`)].join("\n");
}

/** A piece of the source without its comments, on one line. */
function withoutComments(source: string, start: number, end: number, comments: readonly Comment[]): string {
  let text = "";
  let from = start;
  for (const comment of comments) {
    if (comment.start < start || comment.end > end) continue;
    text += source.slice(from, comment.start);
    from = comment.end;
  }
  text += source.slice(from, end);
  return text
    .replace(/\s+/g, " ")
    .replace(/,? ([)\]])/g, "$1")
    .replace(/([([]) /g, "$1")
    .replace(/;$/, "")
    .trim();
}

function indented(text: string, by: string): string {
  return text.replaceAll(/^/gm, by);
}
