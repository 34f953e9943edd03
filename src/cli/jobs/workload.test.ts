// Tests of workload.ts.
import { describe, expect, test } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { type Client, createClient } from "../../tee/kernel/client.ts";
import { parseWorkload } from "./workload.ts";

/** Runs a workload, and tells each call of its client. */
async function played(...words: string[]) {
  const workload = parseWorkload(words);
  if (!workload.ok) return { error: workload.error };
  const { core } = bootTest("", undefined, workload.value.apps);
  const client = createClient(core);
  const calls: string[] = [];
  const heard: Client = {
    ...client,
    async open(uuid, params, signal) {
      calls.push(`open ${workload.value.apps.find((app) => app.uuid === uuid)?.name}`);
      return client.open(uuid, params, signal);
    },
    async invoke(session, command, params, signal) {
      const [first] = params;
      calls.push(`invoke ${command} ${first.type === "value" ? first.value.a : first.type}`);
      return client.invoke(session, command, params, signal);
    },
  };
  const result = await workload.value.run(heard);
  return { calls, result, sessions: core.sessions.size };
}

describe("a workload", () => {
  test.each([
    [["leaky"], ["open leaky", ...Array(3).fill("invoke 0 100")]],
    [
      ["leaky", "2"],
      ["open leaky", ...Array(2).fill("invoke 0 100")],
    ],
    [
      ["leaky", "1", "7"],
      ["open leaky", "invoke 0 7"],
    ],
    [["leaky", "0"], ["open leaky"]],
    [["hello_world"], ["open hello_world", "invoke 0 42"]],
    [
      ["hello_world", "2"],
      ["open hello_world", "invoke 0 42", "invoke 0 42"],
    ],
    [["keep_alive"], ["open keep_alive", "invoke 0 none"]],
    [
      ["run", "hello_world"],
      ["open hello_world", "invoke 0 42"],
    ],
    [
      ["run", "optee_example_hello_world"],
      ["open hello_world", "invoke 0 42"],
    ],
  ])("%j makes its calls, and closes its session", async (words, calls) => {
    expect(await played(...words)).toEqual({ calls, result: { ok: true, value: undefined }, sessions: 0 });
  });

  test("that fails names its call, and closes its session", async () => {
    const { calls, result, sessions } = await played("leaky", "5", "20000");
    expect(calls).toHaveLength(3);
    const error = "call 2 of 5 failed with TEE_ERROR_OUT_OF_MEMORY";
    expect([result, sessions]).toEqual([{ ok: false, error }, 0]);
    const workload = parseWorkload(["leaky"]);
    if (!workload.ok) throw new Error(workload.error);
    const { core } = bootTest();
    expect(await workload.value.run(createClient(core))).toEqual({
      ok: false,
      error: "opening a session failed with TEE_ERROR_ITEM_NOT_FOUND",
    });
  });

  test.each([
    [[], "nothing to run: add -- and one of run, leaky, hello_world, keep_alive"],
    [["nosuch"], "unknown workload 'nosuch'; known: run, leaky, hello_world, keep_alive"],
    [["constructor"], "unknown workload 'constructor'; known: run, leaky, hello_world, keep_alive"],
    [["lekay"], "unknown workload 'lekay'; did you mean leaky?"],
    [["leaky", "-1"], "'-1' is no number"],
    [["leaky", "1", "x"], "'x' is no number"],
    [["leaky", "1234567890"], "'1234567890' is no number"],
    [["run"], "unknown example ''; known: acipher, aes, hello_world, hotp, random, secure_storage"],
    [["run", "hotp", "x"], "unexpected argument 'x'; it is 'run hotp'"],
  ])("of %j is none", (words, error) => {
    expect(parseWorkload(words)).toEqual({ ok: false, error });
  });

  test("of nine digits is one", () => {
    expect(parseWorkload(["leaky", "123456789"]).ok).toBe(true);
  });
});
