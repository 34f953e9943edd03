// The entry point `teemem/export`: recordings in the formats of other tools. Files of this project import files.
export type { ExportFormat, ExportOptions } from "./format.ts";
export { FORMATS } from "./formats.ts";
export { type SelectedHeap, type Selection, selectRows } from "./selection.ts";
