// boards.yaml: boards by name, with their source, console, files and login.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { codeOf } from "../../base/error_code.ts";
import { clip, printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";

/** What a name stands for. What the file does not say is absent. */
export interface NamedBoard {
  /** As after `--on`. */
  readonly source: string;
  /** As after `--secure`. */
  readonly secure?: string;
  /** The core's elf file; a path counts from the folder of the file of boards. */
  readonly elf?: string;
  /** The elf files of TAs, likewise. */
  readonly "ta-elf"?: readonly string[];
  /** Who logs in on a console; default root. */
  readonly user?: string;
  /** The environment variable that holds the password of a console. */
  readonly password?: string;
  /** How xtest is called there. */
  readonly xtest?: string;
  /** Whether its core was built with CFG_TEE_CORE_MALLOC_DEBUG. */
  readonly "leak-headers"?: "yes" | "no";
}

const KEYS = ["source", "secure", "elf", "ta-elf", "user", "password", "xtest", "leak-headers"] as const;

/** The file of boards: TEEMEM_BOARDS, else ./boards.yaml, else the user's own; null if there is none. */
function boardsFile(env: NodeJS.ProcessEnv): string | null {
  if (env.TEEMEM_BOARDS !== undefined) return env.TEEMEM_BOARDS === "" ? null : env.TEEMEM_BOARDS;
  const own = join(env.XDG_CONFIG_HOME || join(env.HOME ?? homedir(), ".config"), "teemem", "boards.yaml");
  return ["boards.yaml", own].find((path) => existsSync(path)) ?? null;
}

/** The board of a name; null where no file has it. The error says which line of the file is wrong. */
export function namedBoard(name: string, env: NodeJS.ProcessEnv): Result<NamedBoard | null> {
  const path = boardsFile(env);
  if (path === null || /[:/]/.test(name)) return ok(null);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return err(`${printable(path)}: cannot be read (${codeOf(error)})`);
  }
  const boards = parseBoards(text);
  if (!boards.ok) return err(`${printable(path)}:${boards.error}`);
  const board = boards.value.get(name);
  return ok(board === undefined ? null : located(board, dirname(path)));
}

/** With paths that hold in any folder. */
function located(board: NamedBoard, folder: string): NamedBoard {
  const { elf, "ta-elf": tas } = board;
  return {
    ...board,
    ...(elf === undefined ? {} : { elf: resolve(folder, elf) }),
    ...(tas === undefined ? {} : { "ta-elf": tas.map((one) => resolve(folder, one)) }),
  };
}

/** Reads all boards, by name. The error begins with the number of a line. */
export function parseBoards(text: string): Result<ReadonlyMap<string, NamedBoard>> {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: counter,
    prettyErrors: false,
    logLevel: "error",
  });
  const lineOf = (node: Node | null | undefined): number => Math.max(1, counter.linePos(node?.range?.[0] ?? 0).line);
  const [broken] = document.errors;
  if (broken !== undefined)
    return err(`${Math.max(1, counter.linePos(broken.pos[0]).line)}: ${broken.message.replace(/\s+/g, " ").trim()}`);
  const boards = new Map<string, NamedBoard>();
  if (document.contents === null) return ok(boards);
  if (!isMap(document.contents)) return err("1: expected boards by name, like 'lab1: {source: ssh://root@10.0.0.7}'");
  for (const { key, value } of pairsOf(document.contents)) {
    const name = String(isScalar(key) ? key.value : key);
    const at = (node: Node | null | undefined, problem: string): Result<never> =>
      err(`${lineOf(node ?? key)}: ${clip(name)}: ${problem}`);
    if (/[:/\s]/.test(name) || name === "") return at(key, "a name has no colon, slash or space");
    if (!isMap(value)) return at(value, `expected ${KEYS.join(", ")}`);
    const board: Record<string, string | readonly string[]> = {};
    for (const { key: field, value: given } of pairsOf(value)) {
      const word = String(isScalar(field) ? field.value : field);
      if (!KEYS.some((known) => known === word))
        return at(field, `unknown key '${clip(word)}'; known: ${KEYS.join(", ")}`);
      const js: unknown = given?.toJS(document);
      const list = word === "ta-elf" && typeof js === "string" ? [js] : js;
      const fits =
        word === "ta-elf"
          ? Array.isArray(list) && list.every((one) => typeof one === "string")
          : typeof js === "string" && js !== "";
      if (!fits) return at(given ?? field, `${word}: expected ${word === "ta-elf" ? "a list of files" : "a text"}`);
      if (word === "leak-headers" && js !== "yes" && js !== "no") return at(given, "leak-headers: expected yes or no");
      if (word === "password" && !/^[A-Z_][A-Z0-9_]*$/.test(String(js)))
        return at(
          given,
          "password: expected the name of an environment variable, like LAB1_PASSWORD, never the password itself",
        );
      board[word] = list as string | readonly string[];
    }
    if (board.source === undefined) return at(key, "source is missing, like 'source: ssh://root@10.0.0.7'");
    boards.set(name, board as unknown as NamedBoard);
  }
  return ok(boards);
}

function pairsOf(map: YAMLMap | Node): { readonly key: Node; readonly value: Node | null }[] {
  return (map as YAMLMap).items.map((item) => item as Pair<Node, Node | null>) as { key: Node; value: Node | null }[];
}
