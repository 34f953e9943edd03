// The tables that all threads of a Firefox profile share: strings, sources, functions, frames, stacks.
import type { StackFrame } from "./stack_frame.ts";

/** Collects the tables. */
interface FirefoxTables {
  stringOf(text: string): number;
  /** Index of a stack that is given from the innermost to the outermost frame. */
  stackOf(frames: readonly StackFrame[]): number;
  /** `profile.shared`, as it is by now. */
  shared(): object;
}

/** Numbers keys in the order in which they come. */
function numbering(): { readonly keys: Map<string, number>; of(key: string, add: () => void): number } {
  const keys = new Map<string, number>();
  return {
    keys,
    of(key, add) {
      const known = keys.get(key);
      if (known !== undefined) return known;
      const index = keys.size;
      keys.set(key, index);
      add();
      return index;
    },
  };
}

/** Empty tables. */
export function createTables(): FirefoxTables {
  const strings = numbering();
  const sources = numbering();
  const functions = numbering();
  const frames = numbering();
  const stacks = numbering();
  const filename: number[] = [];
  const funcs: { name: number; source: number | null }[] = [];
  const rows: { func: number; line: number | null }[] = [];
  const nodes: { frame: number; prefixOffset: number }[] = [];
  const stringOf = (text: string): number => strings.of(text, () => {});
  const sourceOf = (file: string): number | null =>
    file === "" ? null : sources.of(file, () => void filename.push(stringOf(file)));
  const frameOf = ({ func, file, line }: StackFrame): number =>
    frames.of(`${func}\n${file}\n${line}`, () => {
      const name = stringOf(func);
      const source = sourceOf(file);
      const index = functions.of(`${name} ${source}`, () => void funcs.push({ name, source }));
      rows.push({ func: index, line: line === 0 ? null : line });
    });
  return {
    stringOf,
    stackOf(all) {
      let parent = -1;
      for (const one of all.toReversed()) {
        const frame = frameOf(one);
        const prefix = parent;
        // A root has the offset 0.
        parent = stacks.of(`${prefix} ${frame}`, () => {
          nodes.push({ frame, prefixOffset: prefix < 0 ? 0 : nodes.length - prefix });
        });
      }
      return parent;
    },
    shared: () => ({
      stackTable: {
        frame: nodes.map(({ frame }) => frame),
        prefixOffset: nodes.map((one) => one.prefixOffset),
        length: nodes.length,
      },
      frameTable: frameTable(rows),
      funcTable: funcTable(funcs),
      resourceTable: { name: [], host: [], type: [], length: 0 },
      nativeSymbols: { libIndex: [], address: [], name: [], functionSize: [], length: 0 },
      sources: sourceTable(filename),
      sourceLocationTable: { source: [], line: [], column: [], length: 0 },
      stringArray: [...strings.keys.keys()],
    }),
  };
}

function frameTable(rows: readonly { readonly func: number; readonly line: number | null }[]): object {
  const all = <T>(value: T): T[] => rows.map(() => value);
  return {
    address: all(-1),
    lib: all(-1),
    inlineDepth: all(0),
    category: all(0),
    subcategory: all(0),
    func: rows.map(({ func }) => func),
    nativeSymbol: all(null),
    innerWindowID: all(0),
    line: rows.map(({ line }) => line),
    column: all(null),
    originalLocation: all(null),
    length: rows.length,
  };
}

function funcTable(funcs: readonly { readonly name: number; readonly source: number | null }[]): object {
  const all = <T>(value: T): T[] => funcs.map(() => value);
  return {
    name: funcs.map(({ name }) => name),
    isJS: all(false),
    relevantForJS: all(false),
    resource: all(-1),
    source: funcs.map(({ source }) => source),
    lineNumber: all(null),
    columnNumber: all(null),
    originalLocation: all(null),
    length: funcs.length,
  };
}

function sourceTable(filename: readonly number[]): object {
  const all = <T>(value: T): T[] => filename.map(() => value);
  return {
    id: all(null),
    filename,
    startLine: all(1),
    startColumn: all(1),
    sourceMapURL: all(null),
    content: all(null),
    length: filename.length,
  };
}
