// A thread with one warm @yowasp/clang: answers one call after the other.
import { parentPort, workerData } from "node:worker_threads";
import type { CompilerCall } from "../compiler/compiler.ts";
import { createClosure } from "./include_closure.ts";
import { runCall, type Yowasp } from "./run_call.ts";

const yowasp = import(String(workerData)) as Promise<Yowasp>;
const closure = createClosure();

parentPort?.on("message", async (call: CompilerCall) => {
  try {
    parentPort?.postMessage(await runCall(await yowasp, call, closure));
  } catch (error) {
    parentPort?.postMessage({ code: 1, out: "", err: `@yowasp/clang: ${String(error)}\n` });
  }
});
