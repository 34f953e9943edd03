// The three places that recordings come from, as entries for the list.
import type { NewFile } from "./files.ts";
import type { EmbeddedRecording } from "./page_data.ts";

/** A recording as the server lists it. */
export interface ListedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly growing: boolean;
}

/** `base` is the page's own address: the server may lie behind a prefix. */
export function servedFiles(files: readonly ListedFile[], base: string): NewFile[] {
  return files.map(({ id, name, size, growing }) => {
    const folder = new URL(`api/files/${encodeURIComponent(id)}/`, base);
    const address = new URL("bytes", folder).href;
    return { id, name, size, growing, place: { kind: "address", address, index: new URL("index", folder).href, size } };
  });
}

export function embeddedFiles(recordings: readonly EmbeddedRecording[]): NewFile[] {
  return recordings.map(({ name, bytes, index = "" }, n) => ({
    id: `here-${n + 1}`,
    name,
    size: null,
    growing: false,
    place: { kind: "embedded", bytes, index },
  }));
}

/** The id is the name: a link that names the file finds it again once it has been dropped again. */
export function droppedFiles(files: Iterable<File>): NewFile[] {
  return [...files].map((file) => ({
    id: `dropped-${file.name}`,
    name: file.name,
    size: file.size,
    growing: false,
    place: { kind: "dropped", blob: file },
  }));
}
