// The name of what is exported, in one line.
import { printable } from "../base/printable.ts";
import type { Selection } from "./selection.ts";

const FILES = 3;

/** What the data was read from, and the mark that it is narrowed to. Many files are counted: viewers show it in a title. */
export function originOf({ recording: { origin, files = [] }, mark }: Selection): string {
  const names = new Set(files.map(({ name }) => name));
  const what = names.size > FILES ? `${names.size} files` : origin;
  return printable(`${what}${mark === "" ? "" : `, ${mark}`}`);
}
