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
  /** Adds files, or new sizes of known ones. */
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
  return {
    list,
    add(files) {
      const known = new Map(list.value.map((one) => [one.id, one]));
      for (const { place, ...file } of files) {
        places.set(file.id, place);
        known.set(file.id, { ...file, opening: known.get(file.id)?.opening ?? { state: "closed" } });
      }
      list.value = [...known.values()];
    },
    open(id) {
      const entry = list.value.find((one) => one.id === id);
      const place = places.get(id);
      if (entry === undefined || place === undefined) return;
      if (entry.opening.state === "open" || entry.opening.state === "opening") return;
      put(id, { opening: { state: "opening", part: 0 } });
      const progress = (part: number): void => put(id, { opening: { state: "opening", part } });
      void client.ask("open", { file: id, name: entry.name, place }, { progress }).then((answer) => {
        put(id, {
          opening: answer.ok ? { state: "open", facts: answer.value } : { state: "failed", error: answer.error },
        });
      });
    },
  };
}
