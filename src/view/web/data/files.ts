// The recordings that the page knows: of the server, in the page, or dropped on it; each is opened when it is first chosen.
import { type ReadonlySignal, signal } from "@preact/signals";
import type { FileFacts, FilePlace } from "../worker/questions.ts";
import type { WorkerClient } from "./client.ts";

type Opening =
  | { readonly state: "closed" }
  | { readonly state: "opening" /** From 0 to 1. */; readonly part: number }
  | { readonly state: "open"; readonly facts: FileFacts }
  | { readonly state: "failed"; readonly error: string };

export interface FileEntry {
  /** As `Choice.file` has it. */
  readonly id: string;
  readonly name: string;
  /** Bytes; null if unknown. */
  readonly size: number | null;
  /** Somebody still writes it. */
  readonly growing: boolean;
  readonly opening: Opening;
}

export interface NewFile extends Omit<FileEntry, "opening"> {
  readonly place: FilePlace;
}

export interface Files {
  readonly list: ReadonlySignal<readonly FileEntry[]>;
  /** Adds files, or new sizes of known ones: those that are open are read on. */
  add(files: readonly NewFile[]): void;
  /** Opens a file that is closed or failed. */
  open(id: string): void;
}

export function createFiles(client: WorkerClient): Files {
  const list = signal<readonly FileEntry[]>([]);
  const places = new Map<string, FilePlace>();
  const put = (id: string, part: Partial<FileEntry>): void => {
    list.value = list.value.map((one) => (one.id === id ? { ...one, ...part } : one));
  };
  const read = async (id: string): Promise<void> => {
    const entry = list.peek().find((one) => one.id === id);
    const place = places.get(id);
    if (entry === undefined || place === undefined) return;
    const known = entry.opening.state === "open";
    const progress = (part: number): void => {
      if (!known) put(id, { opening: { state: "opening", part } });
    };
    progress(0);
    const answer = await client.ask("open", { file: id, name: entry.name, place }, { progress });
    // What is open stays as it was where it cannot be read on.
    if (answer.ok) put(id, { opening: { state: "open", facts: answer.value } });
    else if (!known) put(id, { opening: { state: "failed", error: answer.error } });
  };
  return {
    list,
    add(files) {
      const known = new Map(list.value.map((one) => [one.id, one]));
      const grown: string[] = [];
      for (const { place, ...file } of files) {
        const before = known.get(file.id);
        places.set(file.id, place);
        known.set(file.id, { ...file, opening: before?.opening ?? { state: "closed" } });
        if (before?.opening.state === "open" && before.size !== file.size) grown.push(file.id);
      }
      list.value = [...known.values()];
      for (const id of grown) void read(id);
    },
    open(id) {
      const state = list.value.find((one) => one.id === id)?.opening.state;
      if (state === "closed" || state === "failed") void read(id);
    },
  };
}
