// ar: archives of objects, in the format of System V, without an index (wasm-ld reads the objects themselves).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { DONE, fails, type ToolAnswer, type ToolCall } from "../call/tool_call.ts";

const MAGIC = "!<arch>\n";
const HEADER = 60;

interface Member {
  readonly name: string;
  readonly data: Uint8Array;
}

/** `ar rcs`, `ar r`, `ar q`, `ar d`, `ar t`: what Makefiles call. */
export async function ar({ args, cwd }: ToolCall): Promise<ToolAnswer> {
  const [operation = "", archive, ...names] = args.filter((arg) => !arg.startsWith("--"));
  if (archive === undefined) return fails("ar: no archive");
  const path = resolve(cwd, archive);
  const old = existsSync(path) ? readArchive(readFileSync(path)) : [];
  if (operation.includes("t")) return { ...DONE, out: old.map(({ name }) => `${name}\n`).join("") };
  if (operation.includes("x")) return extract(old, names, cwd);
  const given = names.map((name) => basename(name));
  if (operation.includes("d"))
    return store(
      path,
      old.filter(({ name }) => !given.includes(name)),
    );
  if (!/[rq]/.test(operation)) return operation.includes("s") ? DONE : fails(`ar: '${operation}' is not known here`);
  return writeArchive(
    path,
    names.map((name) => resolve(cwd, name)),
    operation.includes("q") ? old : old.filter(({ name }) => !given.includes(name)),
  );
}

/** An archive of files, after members that it had. The members of archives among them become its own. */
export function writeArchive(path: string, files: readonly string[], old: readonly Member[] = []): ToolAnswer {
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) return fails(`ar: ${missing}: no such file`);
  return store(path, [...old, ...files.map((file) => ({ name: basename(file), data: readFileSync(file) }))]);
}

function store(path: string, members: readonly Member[]): ToolAnswer {
  const names = members.map(({ name }) => `${name}/\n`);
  const table = Buffer.from(names.join(""));
  const parts: Uint8Array[] = [Buffer.from(MAGIC), ...part("//", table)];
  let offset = 0;
  for (const [index, { data }] of members.entries()) {
    parts.push(...part(`/${offset}`, data));
    offset += Buffer.byteLength(names[index] ?? "");
  }
  writeFileSync(path, Buffer.concat(parts));
  return DONE;
}

function part(name: string, data: Uint8Array): Uint8Array[] {
  const fields = [
    name.padEnd(16),
    "0".padEnd(12),
    "0".padEnd(6),
    "0".padEnd(6),
    "644".padEnd(8),
    String(data.length).padEnd(10),
  ];
  return [Buffer.from(`${fields.join("")}\`\n`), data, Buffer.from(data.length % 2 === 1 ? "\n" : "")];
}

/** The members of an archive that System V's or GNU's ar wrote. */
export function readArchive(bytes: Buffer): Member[] {
  const members: Member[] = [];
  let long = "";
  for (let at = MAGIC.length; at + HEADER <= bytes.length; ) {
    const raw = bytes.toString("latin1", at, at + 16).trimEnd();
    const size = Number(bytes.toString("latin1", at + 48, at + 58));
    const data = bytes.subarray(at + HEADER, at + HEADER + size);
    if (raw === "//") long = data.toString();
    else if (raw !== "/" && raw !== "/SYM64/") members.push({ name: nameOf(raw, long), data });
    at += HEADER + size + (size % 2);
  }
  return members;
}

function nameOf(raw: string, long: string): string {
  const offset = /^\/(\d+)$/.exec(raw)?.[1];
  if (offset === undefined) return raw.replace(/\/$/, "");
  return long.slice(Number(offset)).split("/\n", 1)[0] ?? "";
}

function extract(members: readonly Member[], names: readonly string[], cwd: string): ToolAnswer {
  for (const { name, data } of members)
    if (names.length === 0 || names.includes(name)) writeFileSync(resolve(cwd, basename(name)), data);
  return DONE;
}
