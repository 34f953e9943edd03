// Reads a TA from the bytes of a WebAssembly file, without running any of it.
import { err, ok, type Result } from "../../base/result.ts";
import { readModuleSections } from "../format/sections.ts";
import { readImports } from "../format/types.ts";
import { NULL_BYTES, pagesWithShadow } from "../instance/shadow.ts";
import { rewriteModule } from "../rewrite/rewrite_module.ts";
import { readBuildNote } from "./build_note.ts";
import { compileModule } from "./compile.ts";
import { hasWideAddresses } from "./engine.ts";
import { readHeadOfTa } from "./head.ts";
import { readImage } from "./image.ts";
import { readProperties } from "./properties.ts";
import { readOnlySpans } from "./read_only.ts";
import type { TaModule } from "./ta_module.ts";

/** Pages of 64 KiB that an instance has beyond its module's memory, for what others share with the TA: 20 MiB. */
const SHARED_PAGES = 320;

const PAGE = 65536;

/** The modes in which a module tracks which bytes were written. */
const FULL: ReadonlySet<string> = new Set(["memcheck-full", "fuzz-full"]);

/** Of the module's own. */
const MOST_MEMORY = 2 ** 30;

/** Boards leave at least the first 256 KiB free; here only a stack of more than half of its room reaches below this. */
const LOWEST = 512 * 1024;

/**
 * The TA in a file. `name` is the file's, without folder and ending: what the TA is called. An error for a file that is no
 * module, no TA, or that this engine refuses.
 */
export function readTaModule(bytes: Uint8Array, name: string): Result<TaModule> {
  const sections = readModuleSections(bytes);
  if (!sections.ok) return err(`${name}: ${sections.error}`);
  const image = readImage(bytes, sections.value);
  const head = readHeadOfTa(image, sections.value);
  if (!head.ok) return err(`${name}: ${head.error}`);
  const { word, size } = image;
  if (size > MOST_MEMORY) return err(`${name}: a TA has ${MOST_MEMORY} bytes of memory at most, this one ${size}`);
  const lower = word === 8 && !hasWideAddresses();
  const build = readBuildNote(bytes, sections.value, name, image);
  // Checks of memory have a use for the lowest addresses.
  const low = build.mode === "plain" ? Math.min(image.start, NULL_BYTES) : 0;
  const guard = { low, wide: word === 8 && !lower };
  const checked = build.mode !== "plain";
  const pages = checked
    ? pagesWithShadow(size / PAGE + SHARED_PAGES, FULL.has(build.mode)) - size / PAGE
    : SHARED_PAGES;
  const made = rewriteModule(bytes, sections.value, { pages, lower, guard });
  if (!made.ok) return err(`${name}: ${made.error}`);
  const module = compileModule(made.value.bytes);
  if (!module.ok) return err(`${name}: ${module.error}`);
  return ok({
    bytes,
    module: module.value,
    run: made.value.bytes,
    unwinds: false,
    original: made.value.original,
    tickSlot: made.value.tickSlot,
    build,
    word,
    memory: size,
    limit: size + SHARED_PAGES * PAGE,
    checked,
    tracked: FULL.has(build.mode),
    name,
    ...head.value,
    properties: readProperties(image),
    lowest: Math.min(LOWEST, image.start),
    readOnly: readOnlySpans(bytes, sections.value),
    imports: readImports(bytes, sections.value),
  });
}
