import type { Layout } from "../abi/layout.ts";
import { type Client, createClient } from "../tee/client.ts";
import type { Core } from "../tee/core.ts";
import { type Inspector, inspectorOf } from "../tee/ta/inspector.ts";

/** A trusted OS that can be talked to, in this process or elsewhere. */
export interface TeeSystem {
  /** `sim` for one in this process, else where it is. */
  readonly name: string;
  readonly release: string;
  readonly profile: string;
  readonly layout: Layout;
  readonly client: Client;
  readonly inspect: Inspector;
}

/** The system in this process, with a client of its own. */
export function systemOf(core: Core): TeeSystem {
  const { release, profile } = core;
  return {
    name: "sim",
    release: release.version,
    profile: profile.name,
    layout: release.layout,
    client: createClient(core),
    inspect: inspectorOf(core),
  };
}
