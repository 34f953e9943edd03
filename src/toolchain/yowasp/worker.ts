// A thread with one warm @yowasp/clang: answers one call after the other.
import { parentPort } from "node:worker_threads";
import type { CompilerCall } from "../compiler/compiler.ts";
import { createClosure } from "./include_closure.ts";
import { runCall, type Yowasp } from "./run_call.ts";

const yowasp = warm(import("@yowasp/clang") as Promise<unknown> as Promise<Yowasp>);
const closure = createClosure();

/** The first run loads the package, which tells on standard output how far it is unless somebody else listens. */
async function warm(loading: Promise<Yowasp>): Promise<Yowasp> {
  const loaded = await loading;
  const nobody = (): void => {};
  await loaded.runLLVM(
    ["clang", "--version"],
    {},
    { stdout: nobody, stderr: nobody, decodeASCII: false, fetchProgress: nobody },
  );
  return loaded;
}

parentPort?.on("message", async (call: CompilerCall) => {
  try {
    parentPort?.postMessage(await runCall(await yowasp, call, closure));
  } catch (error) {
    parentPort?.postMessage({ code: 1, out: "", err: `@yowasp/clang: ${String(error)}\n` });
  }
});
