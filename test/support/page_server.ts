// A server of the page for tests: with systems that tests change, and a page that is none.
import { ok, type Result } from "../../src/base/result.ts";
import type { ServedRecording } from "../../src/serve/files/served_file.ts";
import type { LiveSystems } from "../../src/serve/live/feed.ts";
import type { PageBundle } from "../../src/serve/page/bundle.ts";
import { openServer, type PageServer } from "../../src/serve/server.ts";

/** Systems that say what a test lets them say. */
export interface TestSystems extends LiveSystems {
  /** How many listen. */
  readonly listeners: number;
  /** What they were asked to do. */
  readonly done: readonly unknown[];
  /** Something changes; the states become `systems`. */
  change(change: object, systems?: readonly object[]): void;
}

export function testSystems(first: readonly object[] = [{ name: "sim" }]): TestSystems {
  const hearers = new Set<(change: object) => void>();
  const done: unknown[] = [];
  let systems = first;
  return {
    get systems() {
      return systems;
    },
    get listeners() {
      return hearers.size;
    },
    done,
    listen(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    change(change, now = systems) {
      systems = now;
      for (const hear of hearers) hear(change);
    },
    async resetMaxima(system): Promise<Result<void>> {
      if (system !== "sim") return { ok: false, error: "there is no such system" };
      done.push(["reset", system]);
      return ok(undefined);
    },
    liveBlocks: async (system, heap) => ok({ sites: [{ site: `${system} ${heap}`, blocks: 1, bytes: 2 }] }),
    silence: (...given) => done.push(["silence", ...given]),
  };
}

export const TEST_PAGE: PageBundle = {
  html: '<!doctype html><title>page</title><script type="application/json" id="teemem">{"mode":"serve"}</script>',
  files: new Map([
    ["assets/a-1.js", { bytes: Buffer.from("export {};"), type: "text/javascript; charset=utf-8", tag: '"1"' }],
  ]),
};

/** What differs from a server on this machine without a token. */
interface Differs {
  readonly host?: string;
  readonly token?: string;
  readonly live?: LiveSystems;
  readonly files?: readonly ServedRecording[];
}

/** Opens it; `base` is its address without a slash at the end, `failures` what should not have happened. */
export async function testServer({
  host = "127.0.0.1",
  token,
  live = testSystems(),
  files = [],
}: Differs = {}): Promise<
  PageServer & { readonly base: string; readonly port: number; readonly failures: readonly unknown[] }
> {
  const failures: unknown[] = [];
  const opened = await openServer(
    { page: TEST_PAGE, live, files: () => files },
    { host, port: 0, token: token ?? null },
    (error) => failures.push(error),
  );
  if (!opened.ok) throw new Error(opened.error);
  const { origin, port } = new URL(opened.value.link);
  return Object.assign(opened.value, { base: origin, port: Number(port), failures });
}
