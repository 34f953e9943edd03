// The compiler of the npm package @yowasp/clang: clang and lld as WebAssembly, in threads that stay warm.
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { err, ok, type Result } from "../../base/result.ts";
import type { ToolAnswer } from "../call/tool_call.ts";
import type { Compiler, CompilerCall } from "../compiler/compiler.ts";
import { HEADERS } from "./virtual_path.ts";

const PACKAGE = "@yowasp/clang";

/** Each thread holds some 300 MB. */
const MOST_THREADS = 4;

/** The package beside teemem, or in the folder of work. */
export function yowaspCompiler(cwd: string): Result<Compiler> {
  const found = locate(cwd);
  if (found === null) return err(`no package ${PACKAGE}`);
  const { entry, version } = found;
  const threads = createThreads(Math.min(availableParallelism(), MOST_THREADS), entry);
  return ok({
    name: `${PACKAGE} ${version}`,
    major: Number.parseInt(version, 10),
    headers: HEADERS,
    parallel: MOST_THREADS,
    run: threads.run,
    close: threads.close,
  });
}

/** The package has no path of its own among its exports; its entry is in `gen/`. */
function locate(cwd: string): { entry: string; version: string } | null {
  for (const from of [import.meta.url, pathToFileURL(join(cwd, "package.json")).href]) {
    try {
      const require = createRequire(from);
      const folders = require.resolve.paths(PACKAGE) ?? [];
      for (const folder of folders) {
        const root = join(folder, PACKAGE);
        const manifest = readManifest(require, join(root, "package.json"));
        if (manifest !== null)
          return { entry: pathToFileURL(join(root, manifest.entry)).href, version: manifest.version };
      }
    } catch {}
  }
  return null;
}

function readManifest(require: NodeJS.Require, path: string): { entry: string; version: string } | null {
  try {
    const { version, exports } = require(path) as { version: string; exports: { default: string } };
    return { version, entry: exports.default };
  } catch {
    return null;
  }
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
function createThreads(most: number, entry: string): Threads {
  const all: Worker[] = [];
  const idle: Worker[] = [];
  const waiting: Job[] = [];
  const start = (): Worker => {
    const url = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(url, { workerData: entry });
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
