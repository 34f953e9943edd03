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
  const files = Object.hasOwn(ALL, name) ? ALL[name] : undefined;
  if (files === undefined) return null;
  const platform = parsePlatform(new Map(Object.entries(files)));
  assert(platform.ok, `a bundled platform is whole: ${platform.ok ? "" : platform.error}`);
  return platform.value;
}
