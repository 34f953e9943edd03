// An embedded system for tests, without a process.
import { defaultPlatform } from "../src/platform/platforms.ts";
import { switchesOf } from "../src/platform/release_switches.ts";
import { parseSwitches } from "../src/platform/switches.ts";
import { boot, type Surroundings } from "../src/tee/boot.ts";
import type { Core, CoreOptions, Host } from "../src/tee/kernel/core.ts";

/** A booted system for tests, with the lines of its secure console. */
export interface TestSystem {
  readonly core: Core;
  /** Takes the lines that were printed since the last call. */
  lines(): string[];
}

export const NOW = Date.UTC(2026, 10, 23, 4, 0, 0, 123);

/** Boots the default profile with some switches, a release, and TAs that can be loaded. */
export function bootTest(
  cfg = "",
  version?: string,
  apps: Surroundings["apps"] = [],
  host: Partial<Host> = {},
): TestSystem {
  const platform = defaultPlatform();
  const switches = parseSwitches(cfg, switchesOf(platform, version ?? platform.version));
  if (!switches.ok) throw new Error(switches.error);
  const lines: string[] = [];
  const options: CoreOptions = { platform, switches: switches.value, ...(version === undefined ? {} : { version }) };
  const core = boot(options, { console: (line) => lines.push(line), now: () => NOW, apps, host });
  if (!core.ok) throw new Error(core.error);
  return { core: core.value, lines: () => lines.splice(0) };
}
