import type { Release } from "../release/release.ts";
import { type Client, createClient } from "../tee/client.ts";
import type { Core } from "../tee/core.ts";
import { type Inspector, inspectorOf } from "../tee/ta/inspector.ts";

/** A trusted OS that can be talked to, in this process or elsewhere. */
export interface TeeSystem {
  /** `sim` for one in this process, else where it is. */
  readonly name: string;
  /** Of OP-TEE, like 4.10.0. */
  readonly version: string;
  readonly release: Release;
  readonly profile: string;
  readonly client: Client;
  readonly inspect: Inspector;
}

/** The system in this process, with a client of its own. */
export function systemOf(core: Core): TeeSystem {
  const { version, release, profile } = core;
  return {
    name: "sim",
    version,
    release,
    profile: profile.name,
    client: createClient(core),
    inspect: inspectorOf(core),
  };
}
