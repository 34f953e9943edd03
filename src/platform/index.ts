// The entry point `teemem/platform`.
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
