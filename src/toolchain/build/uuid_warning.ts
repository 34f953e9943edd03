// A TA whose file has another UUID than its header: a board looks for UUID.ta, and finds none.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { readModuleSections } from "../../wasm/format/sections.ts";
import { readHeadOfTa } from "../../wasm/module/head.ts";
import { readImage } from "../../wasm/module/image.ts";

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A line about a linked module; null where its name is no UUID, or its own. */
export function uuidWarning(file: string): string | null {
  const [named = ""] = basename(file).split(".");
  if (!UUID.test(named)) return null;
  const bytes = readFileSync(file);
  const sections = readModuleSections(bytes);
  if (!sections.ok) return null;
  const head = readHeadOfTa(readImage(bytes, sections.value), sections.value);
  if (!head.ok || head.value.uuid === named.toLowerCase()) return null;
  const { uuid } = head.value;
  return `BINARY is ${named}, but TA_UUID is ${uuid}: a board looks for ${uuid}.ta and would not find it; make them equal`;
}
