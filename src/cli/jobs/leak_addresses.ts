// Looks up call sites that are addresses.
import { type LeakSnapshot, renameSites } from "../../analyze/leak/snapshot.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { lookUp } from "../../node/addr2line.ts";
import { withElf } from "../inputs/elf_file.ts";
import type { Io } from "../outputs/outcome.ts";

const ADDRESS = /^@?(0x[\da-f]+)(?::\d+)?$/i;

/** Puts the file and line of an ELF file where places are addresses, as `0x6e1664e0`. Others stay as they are. */
export async function resolveSites(
  snapshots: readonly LeakSnapshot[],
  elf: string,
  load: string | undefined,
  io: Pick<Io, "input">,
): Promise<Result<LeakSnapshot[]>> {
  const base = load === undefined ? undefined : Number(load);
  if (base !== undefined && !Number.isSafeInteger(base))
    return err(`--load: expected an address like 0x6e15b000, not '${load}'`);
  const names = new Set(snapshots.flatMap(({ sites }) => [...sites.keys()]).filter((site) => ADDRESS.test(site)));
  const asked = [...names];
  const addresses = asked.map((site) => Number(ADDRESS.exec(site)?.[1]));
  const places = await withElf(elf, io, (file) => lookUp(file, addresses, base));
  if (!places.ok) return places;
  const found = new Map(asked.map((site, i) => [site, places.value[i]?.place || site]));
  return ok(snapshots.map((snapshot) => renameSites(snapshot, (site) => found.get(site) ?? site)));
}
