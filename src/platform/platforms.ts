// The platforms that are bundled, by name.
import { assert } from "../base/assert.ts";
import { ALL } from "./bundled/all.ts";
import { parsePlatform } from "./parse_platform.ts";
import type { Platform } from "./platform.ts";

/** Name of the default platform. */
export const DEFAULT_PLATFORM = "qemu_v8-4.0.0";

/** Names of the bundled platforms. */
export const PLATFORM_NAMES: readonly string[] = Object.keys(ALL);

/** The platform that is booted unless another one is asked for. */
export function defaultPlatform(): Platform {
  const platform = bundledPlatform(DEFAULT_PLATFORM);
  assert(platform !== null, "the default platform is bundled");
  return platform;
}

/** A bundled platform; null for another name. */
export function bundledPlatform(name: string): Platform | null {
  const files = bundledFiles(name);
  if (files.size === 0) return null;
  const platform = parsePlatform(files);
  assert(platform.ok, `a bundled platform is whole: ${platform.ok ? "" : platform.error}`);
  return platform.value;
}

/** Texts of the files of a bundled platform, by name; none for another name. */
export function bundledFiles(name: string): ReadonlyMap<string, string> {
  return new Map(Object.entries((Object.hasOwn(ALL, name) ? ALL[name] : undefined) ?? {}));
}

/** Name of the first platform that was recorded in this release, like 4.10.0; null if there is none. */
export function platformOfRelease(version: string | undefined): string | null {
  const own = (name: string): string => JSON.parse(bundledFiles(name).get("platform.json") ?? "{}").optee;
  return PLATFORM_NAMES.find((name) => own(name) === version) ?? null;
}
