// The compiler of the npm package @yowasp/clang: clang and lld as WebAssembly, in threads that stay warm.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { err, ok, type Result } from "../../base/result.ts";
import type { ToolAnswer } from "../call/tool_call.ts";
import type { Compiler, CompilerCall } from "../compiler/compiler.ts";
import { HEADERS } from "./virtual_path.ts";

const PACKAGE = "@yowasp/clang";

/** Each thread holds some 300 MB. */
const MOST_THREADS = 4;

/** The package, where it is installed beside teemem. */
export function yowaspCompiler(): Result<Compiler> {
  const version = installedVersion();
  if (version === null) return err(`no package ${PACKAGE}`);
  const threads = createThreads(Math.min(availableParallelism(), MOST_THREADS));
  return ok({
    name: `${PACKAGE} ${version}`,
    major: Number.parseInt(version, 10),
    headers: HEADERS,
    parallel: MOST_THREADS,
    run: threads.run,
    close: threads.close,
  });
}

/** The package's version; null where it is not there. Its manifest is not among its exports, so its folder is looked for. */
function installedVersion(): string | null {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(PACKAGE) ?? []) {
    const manifest = join(folder, PACKAGE, "package.json");
    if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  }
  return null;
}

interface Job {
  readonly call: CompilerCall;
  readonly done: (answer: ToolAnswer) => void;
}

interface Threads {
  run(call: CompilerCall): Promise<ToolAnswer>;
  close(): Promise<void>;
}

/** Starts a thread when all others are at work. */
function createThreads(most: number): Threads {
  const all: Worker[] = [];
  const idle: Worker[] = [];
  const waiting: Job[] = [];
  const start = (): Worker => {
    const url = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(url);
    worker.setMaxListeners(0);
    all.push(worker);
    return worker;
  };
  const next = (): void => {
    const job = waiting[0];
    const worker = idle.pop() ?? (job !== undefined && all.length < most ? start() : undefined);
    if (job === undefined || worker === undefined) {
      if (worker !== undefined) idle.push(worker);
      return;
    }
    waiting.shift();
    const end = (answer: ToolAnswer): void => {
      worker.off("message", end);
      worker.off("error", fail);
      idle.push(worker);
      job.done(answer);
      next();
    };
    const fail = (error: Error): void => end({ code: 1, out: "", err: `${PACKAGE}: ${error.message}\n` });
    worker.on("message", end);
    worker.on("error", fail);
    worker.postMessage(job.call);
  };
  return {
    run: (call) =>
      new Promise((done) => {
        waiting.push({ call, done });
        next();
      }),
    async close() {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}
