/**
 * Recordings in the formats of other tools.
 *
 * ```ts
 * import { FORMATS } from "teemem/export";
 *
 * console.log(FORMATS.map(({ name }) => name).join(", "));
 * ```
 *
 * @module teemem/export
 */
// Files of this project import what they need from its own file.
export type { ExportFormat, ExportOptions } from "./format.ts";
export { FORMATS } from "./formats.ts";
export { type SelectedHeap, type Selection, selectRows } from "./selection.ts";
