// A trusted OS that can be talked to, in this process or elsewhere: what a source is made of that asks as a client does.
import type { Result } from "../../base/result.ts";
import type { Release } from "../../release/release.ts";
import type { Client } from "../../tee/kernel/client.ts";
import type { Inspector } from "../../tee/kernel/inspector.ts";
import type { TaHeld, TracedSource } from "../source.ts";

/** The system, and what else can be had of it. */
export interface TeeSystem extends Partial<Pick<TracedSource, "events" | "start" | "socket" | "lost" | "console">> {
  /** `sim` for one in this process, else where it is. */
  readonly name: string;
  /** Of OP-TEE, like 4.10.0. */
  readonly version: string;
  readonly release: Release;
  readonly profile: string;
  readonly client: Client;
  /** Absent where TAs cannot be seen from outside. */
  readonly inspect?: Inspector;
  /** What instances held when they ended, and what others hold now. */
  held?(ta: string | undefined): Promise<Result<readonly TaHeld[]>>;
}
