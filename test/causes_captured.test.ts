// Captures of running systems, where the whole reference set is there: what went wrong has its one cause first, alone and with
// the other world's output; runs that pass have none.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { runHere } from "./run_here.ts";
import { needShared } from "./support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-causes-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function unpacked(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** Ids of the causes in some files, one after the other; none if nothing was understood in them. */
async function causes(...paths: readonly string[]): Promise<string[]> {
  const path = join(folder, `${files++}.log`);
  writeFileSync(path, Buffer.concat(paths.map(unpacked)));
  const { out } = await runHere("doctor", "--json", "--log", path);
  return out === "" ? [] : JSON.parse(out).verdicts.map(({ id }: { id: string }) => id);
}

/** What is said of statistics that lack figures is no cause of a failure. */
const figures = (id: string): boolean => !id.startsWith("stats-");

describe("boards", () => {
  it.for([
    ["optee-4.0.0-all/02-lab-oom", "ta-returned-own", "ta-malloc", "ta-malloc"],
    ["optee-4.5.0-boards/02-lab-oom", "ta-returned-own", "ta-malloc", "ta-malloc"],
    ["optee-4.10.0-boards/02-lab-oom", "ta-returned-own", "ta-malloc", "ta-malloc"],
    ["optee-4.0.0-all/03-lab-panic", "target-dead", "ta-panicked", "ta-panicked"],
    ["optee-4.10.0-boards/03-lab-panic", "target-dead", "ta-panicked", "ta-panicked"],
    ["optee-4.0.0-all/04-lab-abort", "target-dead", "null-pointer", "null-pointer"],
    ["optee-4.5.0-boards/04-lab-abort", "target-dead", "null-pointer", "null-pointer"],
    ["optee-4.0.0-all/05-lab-double-free", "target-dead", "heap-smashed", "heap-smashed"],
    ["optee-4.0.0-all/06-lab-overrun", "target-dead", "heap-smashed", "heap-smashed"],
    ["optee-4.0.0-all/08-lab-stack-overflow", "target-dead", "stack-below", "stack-below"],
    ["optee-4.5.0-boards/08-lab-stack-overflow", "target-dead", "stack-below", "stack-below"],
    ["optee-4.0.0-all/10-core-oom-operations", "core-heap-hidden", "core-heap-printed", "core-heap-printed"],
    // The counters say that the core heap refused nothing: it was the TA's.
    ["optee-4.5.0-boards/10-core-oom-operations", "ta-returned-own", "ta-returned-own", "ta-returned-own"],
    ["optee-4.10.0-boards/10-core-oom-operations", "ta-returned-own", "ta-returned-own", "ta-returned-own"],
    ["optee-4.0.0-all/11-sessions-until-refused", "core-heap-hidden", "core-heap-printed", "core-heap-printed"],
    ["optee-4.5.0-boards/11-sessions-until-refused", "core-heap-counted", "load-step-open", "core-heap-counted"],
    ["optee-4.0.0-all/25-lab-oom-then-ta", "ta-heap-counted", "ta-malloc", "ta-heap-counted"],
    ["optee-4.0.0-all/26-lab-panicked-session-held", "target-dead", "ta-panicked", "ta-panicked"],
    ["optee-4.0.0-all/27-kill-supplicant", undefined, "rpc-refused", "rpc-refused"],
  ] as const)("%s", async ([name, out, secure, both], context) => {
    const base = fileURLToPath(needShared(context, "reference/boards-2026-11/"));
    const [first, second] = [join(base, `${name}.out`), join(base, `${name}.secure.log`)];
    const found = [await causes(first), await causes(second), await causes(first, second)];
    expect(found.map(([id]) => id)).toEqual([out, secure, both]);
  });
});

describe("whole runs of xtest that pass", () => {
  it.for(["optee-4.0.0/stats", "optee-4.5.0-debian", "optee-4.10.0-debian"])("%s", async (name, context) => {
    const base = fileURLToPath(needShared(context, `reference/${name}/`));
    const captured = readdirSync(base).filter((file) => /^\d\d-xtest|^boot/.test(file));
    expect(captured.length).toBeGreaterThan(3);
    for (const file of captured) expect((await causes(join(base, file))).filter(figures), file).toEqual([]);
  });
});
