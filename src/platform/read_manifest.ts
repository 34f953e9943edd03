// The manifest of a platform, `platform.json`.
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { releaseOf } from "../release/releases.ts";
import type { FixedPart, Platform, Provenance, WordSize } from "./platform.ts";
import { parseSwitches, type Switches, UPSTREAM_SWITCHES } from "./switches.ts";

/** A platform without what its other files hold. */
type Manifest = Omit<Platform, "boot" | "load" | "unload" | "loader" | "sites" | "missing">;

type Fields = Readonly<Record<string, unknown>>;

const PARTS = ["bbuf", "ldelf-stack", "ldelf-code", "ldelf-data", "ldelf-heap", "elf-header"] as const;
const HOW: readonly unknown[] = ["measured", "inferred", "analogy", "missing"] satisfies readonly Provenance["how"][];

/** What the fields of the manifest must be is said where one is not. */
export function readManifest(text: string): Result<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return err(`platform.json is no JSON: ${clip(error instanceof Error ? error.message : String(error))}`);
  }
  const problems: string[] = [];
  const read = reader(problems);
  const top = read.fields(json, "platform.json");
  const [core, ta] = [read.fields(top.core, "core"), read.fields(top.ta, "ta")];
  const pages = read.fields(ta.pages, "ta.pages");
  const manifest: Manifest = {
    name: read.name(top.name, "name"),
    version: read.text(top.optee, "optee"),
    board: read.text(top.board ?? "", "board"),
    build: read.text(top.build, "build"),
    core: {
      word: read.word(core.word, "core.word"),
      heapBase: read.number(core.heapBase, "core.heapBase"),
      heapSlack: read.number(core.heapSlack, "core.heapSlack"),
      ram: core.ram === undefined ? null : readRam(read.fields(core.ram, "core.ram"), read),
    },
    nexusBase: read.number(core.nexusBase, "core.nexusBase"),
    ta: { word: read.word(ta.word, "ta.word"), ramSize: read.number(ta.ramSize, "ta.ramSize") },
    loaderBase: read.number(ta.loaderBase, "ta.loaderBase"),
    pages: Object.fromEntries(PARTS.map((part) => [part, read.number(pages[part], `ta.pages.${part}`)])) as Record<
      FixedPart,
      number
    >,
    switches: read.switches(top.switches, "switches"),
    provenance: read
      .list(top.provenance, "provenance")
      .map((one) => readProvenance(read.fields(one, "provenance"), read)),
  };
  const release = releaseOf(manifest.version);
  if (!release.ok) problems.push(`optee: ${release.error}`);
  if (manifest.ta.ramSize % 4096 !== 0) problems.push("ta.ramSize is a number of whole pages of 4096 bytes");
  return problems.length === 0 ? ok(manifest) : err(`platform.json: ${problems.join("; ")}`);
}

type Reader = ReturnType<typeof reader>;

function readRam(fields: Fields, read: Reader): Platform["core"]["ram"] {
  return { size: read.number(fields.size, "core.ram.size"), used: read.number(fields.used, "core.ram.used") };
}

function readProvenance(fields: Fields, read: Reader): Provenance {
  const [of, source] = [read.text(fields.of, "provenance.of"), read.text(fields.source, "provenance.source")];
  return { of, how: read.one(fields.how, "provenance.how", HOW) as Provenance["how"], source };
}

/** Readers of single values: each adds to the problems what is not as it must be. */
function reader(problems: string[]) {
  const wrong = <T>(instead: T, path: string, must: string): T => {
    problems.push(`${path} is ${must}`);
    return instead;
  };
  return {
    fields: (value: unknown, path: string): Fields =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Fields)
        : wrong({}, path, "an object"),
    list: (value: unknown, path: string): readonly unknown[] =>
      Array.isArray(value) ? value : wrong([], path, "a list"),
    text: (value: unknown, path: string): string => (typeof value === "string" ? value : wrong("", path, "a text")),
    name: (value: unknown, path: string): string =>
      typeof value === "string" && /^[\w.-]{1,60}$/.test(value)
        ? value
        : wrong("", path, "at most 60 letters, digits and any of . _ -"),
    /** `NAME=VALUE` assignments that differ from upstream's defaults. */
    switches: (value: unknown, path: string): Switches => {
      const read = parseSwitches(typeof value === "string" ? value : "?", UPSTREAM_SWITCHES);
      return read.ok ? read.value : wrong(UPSTREAM_SWITCHES, path, `a text of assignments: ${read.error}`);
    },
    one: (value: unknown, path: string, among: readonly unknown[]): unknown =>
      among.includes(value) ? value : wrong(among[0], path, `one of ${among.join(", ")}`),
    word: (value: unknown, path: string): WordSize => (value === 4 || value === 8 ? value : wrong(8, path, "4 or 8")),
    /** A count, or an address in hexadecimal digits. */
    number: (value: unknown, path: string): number => {
      const number = typeof value === "string" && /^0x[0-9a-f]{1,12}$/i.test(value) ? Number(value) : value;
      const fits = typeof number === "number" && Number.isSafeInteger(number) && number >= 0;
      return fits ? number : wrong(0, path, 'a number from 0 on, or one like "0xe1c53e0"');
    },
  };
}
