// Puts functions and lines of the source where the call sites of TAs are addresses in their code.
import { readFile } from "node:fs/promises";
import { uuidOfProgram } from "../../abi/ta_head.ts";
import { bytesOfSection, type ElfSection, readSections, sectionNamed } from "../../base/elf_section.ts";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { lookUp } from "../../node/addr2line.ts";
import type { Recording, TaImage } from "../../recording/recording.ts";
import type { Site } from "../../replay/trace_columns.ts";
import { withElf } from "../inputs/elf_file.ts";
import type { Io } from "../outputs/outcome.ts";

const ADDRESS = /TA\+0x([\da-f]{1,8})/g;

/** Looks up the call sites of TAs in their elf files, as the build leaves them beside the .ta. Others stay addresses. */
export async function resolveTaSites(
  recording: Recording,
  elfs: readonly string[],
  io: Pick<Io, "input">,
): Promise<Result<Recording>> {
  let resolved = recording;
  for (const path of elfs) {
    const one = await withElf(path, io, (file) => resolveOne(resolved, path, file));
    if (!one.ok) return one;
    resolved = one.value;
  }
  return ok(resolved);
}

async function resolveOne(recording: Recording, path: string, file: string): Promise<Result<Recording>> {
  const name = printable(path);
  const none = err(`${name}: no program of a TA; give the .elf of its build`);
  const sections = readSections(await readFile(file));
  if (!sections.ok) return none;
  const uuid = uuidOfProgram(sections.value);
  const text = sectionNamed(sections.value, ".text");
  if (uuid === undefined || text === undefined) return none;
  const problem = mismatch(recording.images ?? [], uuid, text);
  if (problem !== null) return err(`${name}: ${problem}`);
  const short = uuid.split("-")[0] ?? "";
  const traces = recording.traces.filter(({ context }) => context === `ta-${uuid}`);
  const pieces = [...(recording.console?.pieces ?? [])];
  const findings = pieces.filter((piece) => piece.text.startsWith(`teemem ${short}: `));
  const texts = [...traces.flatMap(({ sites }) => sites.map(({ place }) => place)), ...findings.map((one) => one.text)];
  const offsets = new Set(texts.flatMap((one) => [...one.matchAll(ADDRESS)].map(([, digits]) => digits ?? "")));
  const asked = [...offsets];
  // A return address may be the first of the next line.
  const addresses = asked.map((digits) => text.address + Number.parseInt(digits, 16) - 1);
  const places = await lookUp(file, addresses);
  if (!places.ok) return places;
  const shorten = shortener(sections.value);
  const sites = new Map<string, Site>();
  for (const [n, { func, place }] of places.value.entries())
    if (place !== "") sites.set(`TA+0x${asked[n]}`, { func, place: shorten(place) });
  const inText = (line: string): string => line.replace(ADDRESS, (all) => sites.get(all)?.place ?? all);
  return ok({
    ...recording,
    traces: recording.traces.map((trace) =>
      traces.includes(trace) ? { ...trace, sites: trace.sites.map((site) => sites.get(site.place) ?? site) } : trace,
    ),
    ...(recording.console && {
      console: {
        ...recording.console,
        pieces: pieces.map((one) => (findings.includes(one) ? { ...one, text: inText(one.text) } : one)),
      },
    }),
  });
}

/** Why this program is not the one that ran, or null. */
function mismatch(images: readonly TaImage[], uuid: string, text: ElfSection): string | null {
  const image = images.find((one) => one.uuid === uuid);
  if (image === undefined) {
    const there = images.map((one) => one.uuid).join(", ");
    return `is the TA ${uuid}; ${there === "" ? "no call site needs one" : `the events are of ${there}`}`;
  }
  if (image.textBytes === 0 || image.textBytes === text.size) return null;
  return `another build of the TA: its code has ${text.size} bytes, that of the TA that ran ${image.textBytes}`;
}

/** Takes the folder where a file was compiled from its path, as leak lists name it: the shortest one that the debug information has. */
function shortener(sections: readonly ElfSection[]): (place: string) => string {
  const texts = [".debug_line_str", ".debug_str"].map((name) => bytesOfSection(sections, name));
  const folders = texts
    .flatMap((part) => new TextDecoder("latin1").decode(part).split("\0"))
    .filter((one) => one.startsWith("/"))
    .sort((a, b) => a.length - b.length);
  return (place) => {
    const folder = folders.find((one) => one.length > 1 && place.startsWith(`${one}/`));
    return folder === undefined ? place : place.slice(folder.length + 1);
  };
}
