// A platform from the files of its folder.
import { err, ok, type Result } from "../base/result.ts";
import type { Platform, StepSeries } from "./platform.ts";
import { readManifest } from "./read_manifest.ts";
import { readSites } from "./read_sites.ts";
import { blocksOf, readSteps } from "./read_steps.ts";

/** Files of a platform's folder. Others, like its README.md, are not read. */
export const PLATFORM_FILES = [
  "platform.json",
  "boot.txt",
  "load.txt",
  "unload.txt",
  "loader.txt",
  "core_sites.txt",
  "ta_sites.txt",
] as const;

type FileName = (typeof PLATFORM_FILES)[number];

/**
 * Reads and checks a platform: files by name, text each. An error says in which file and line what is wrong, which call site
 * that the code asks for is neither there nor said to be missing, and which sizes are those of another word.
 */
export function parsePlatform(files: ReadonlyMap<string, string>): Result<Platform> {
  const lacking = PLATFORM_FILES.filter((name) => !files.has(name));
  if (lacking.length > 0) return err(`a platform has ${PLATFORM_FILES.join(", ")}: ${lacking.join(", ")} missing here`);
  const text = (name: FileName): string => files.get(name) ?? "";
  const manifest = readManifest(text("platform.json"));
  if (!manifest.ok) return manifest;
  const { core, ta } = manifest.value;
  const steps = (name: FileName, before?: StepSeries): Result<StepSeries> =>
    readSteps(name, text(name), core.word, before === undefined ? 0 : blocksOf(before));
  const [boot, load, loader] = [steps("boot.txt"), steps("load.txt"), steps("loader.txt")];
  if (!boot.ok) return boot;
  if (!load.ok) return load;
  if (!loader.ok) return loader;
  const unload = steps("unload.txt", load.value);
  if (!unload.ok) return unload;
  const coreSites = readSites("core_sites.txt", text("core_sites.txt"), "core", core.word);
  if (!coreSites.ok) return coreSites;
  const taSites = readSites("ta_sites.txt", text("ta_sites.txt"), "ta", ta.word);
  if (!taSites.ok) return taSites;
  return ok({
    ...manifest.value,
    boot: boot.value,
    load: load.value,
    unload: unload.value,
    loader: loader.value,
    sites: new Map([...coreSites.value.sites, ...taSites.value.sites]),
    missing: new Map([...coreSites.value.missing, ...taSites.value.missing]),
  });
}
