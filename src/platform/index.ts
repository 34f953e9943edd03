/**
 * Builds of OP-TEE as data: those that are bundled, and a reader that finds what is missing in yours.
 *
 * ```ts
 * import { defaultPlatform, PLATFORM_NAMES, parseSwitches } from "teemem/platform";
 *
 * const switches = parseSwitches("CFG_CORE_HEAP_SIZE=49152", defaultPlatform().switches);
 * console.log(PLATFORM_NAMES, switches.ok);
 * ```
 *
 * @module teemem/platform
 */
// Files of this project import what they need from its own file.
export { blockBytes, callSite, gapsOf, MissingData } from "./needs.ts";
export { PLATFORM_FILES, parsePlatform } from "./parse_platform.ts";
export type {
  BlockSite,
  Certainty,
  FixedPart,
  HeapStep,
  Place,
  Platform,
  Provenance,
  StepSeries,
  TaPart,
  WordSize,
} from "./platform.ts";
export { bundledPlatform, DEFAULT_PLATFORM, defaultPlatform, PLATFORM_NAMES } from "./platforms.ts";
export { readmeOf } from "./readme.ts";
export type { CoreSiteName, SiteName, TaSiteName } from "./site_names.ts";
export { parseSwitches, type Switches, UPSTREAM_SWITCHES } from "./switches.ts";
