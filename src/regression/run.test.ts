// Tests of run.ts.
import { describe, expect, it } from "vitest";
import { TEE } from "../abi/errors.ts";
import { ORIGIN } from "../abi/ids.ts";
import type { Client } from "../tee/kernel/client.ts";
import type { CaseContext, RegressionCase } from "./harness.ts";
import { runCases } from "./run.ts";

/** A client that answers every call well, notes the calls, and may be told what else to do in one. */
function spy(during: (call: string) => number | undefined = () => undefined) {
  const calls: string[] = [];
  const called = (call: string): number => {
    calls.push(call);
    return during(call) ?? TEE.SUCCESS;
  };
  const client: Client = {
    open: async () => {
      const code = called("open");
      return { code, origin: ORIGIN.TEE, session: code === TEE.SUCCESS ? 7 : 0 };
    },
    invoke: async (session, command) => ({ code: called(`invoke ${session} ${command}`), origin: ORIGIN.TRUSTED_APP }),
    close: async (session) => ({ code: called(`close ${session}`), origin: ORIGIN.TEE }),
    end: async () => {},
  };
  return { client, calls };
}

const fake = (number: string, run: (context: CaseContext) => Promise<void>): RegressionCase => ({
  number,
  title: `Test ${number}`,
  vectors: false,
  run,
});

async function play(client: Client, chosen: readonly RegressionCase[], signal?: AbortSignal) {
  let printed = "";
  const outcome = await runCases({
    client,
    selection: { suite: "regression", wanted: ["1"], excluded: [], level: 0 },
    chosen,
    skipped: 1,
    vectors: async () => undefined,
    print: async (text) => {
      printed += text;
    },
    ...(signal ? { signal } : {}),
  });
  return { outcome, printed, lines: printed.split("\n").slice(9) };
}

describe("a run", () => {
  it("goes on after a check that failed, tells which, and sums up", async () => {
    const { client, calls } = spy();
    const { outcome, lines } = await play(client, [
      fake("9001", async (context) => {
        const crypt = await context.crypt();
        await context.subCase("first", async () => context.code("freeOperation", await crypt.freeOperation(1)));
        await context.subCase("second", async () => {
          context.code("macInit", TEE.BAD_STATE);
          throw new Error("a failed check ends its sub case");
        });
        await context.subCase("third", async () => context.bytes("the tag", Uint8Array.of(1), Uint8Array.of(1, 2)));
      }),
      fake("9002", async (context) => context.holds("nothing", true)),
      fake("9003", async (context) => context.equal("the length", 1, 2)),
    ]);
    expect(outcome).toBe("failed");
    expect(lines).toEqual([
      " ",
      "* regression_9001 Test 9001",
      "o regression_9001.1 first",
      "  regression_9001.1 OK",
      "o regression_9001.2 second",
      "regression_9001: macInit has an unexpected value: 0xffff0007 = TEEC_ERROR_BAD_STATE, expected 0x0 = TEEC_SUCCESS",
      "  regression_9001.2 FAILED",
      "o regression_9001.3 third",
      "regression_9001: the tag has an unexpected value: 01, expected 0102",
      "  regression_9001.3 FAILED",
      "  regression_9001 FAILED",
      " ",
      "* regression_9002 Test 9002",
      "  regression_9002 OK",
      " ",
      "* regression_9003 Test 9003",
      "regression_9003: the length has an unexpected value: 1, expected 2",
      "  regression_9003 FAILED",
      `+${"-".repeat(53)}`,
      'Result of testsuite regression filtered by "1":',
      "regression_9001.2 FAILED first error at macInit",
      "regression_9001.3 FAILED first error at the tag",
      "regression_9001 FAILED",
      "regression_9002 OK",
      "regression_9003 FAILED first error at the length",
      `+${"-".repeat(53)}`,
      "6 subtests of which 3 failed",
      "3 test cases of which 2 failed",
      "1 test case was skipped",
      "TEE test application done!",
      "",
    ]);
    expect(calls).toEqual(["open", "invoke 7 2", "close 7"]);
  });

  it("fails a case whose session cannot be opened", async () => {
    const { client, calls } = spy((call) => (call === "open" ? TEE.ITEM_NOT_FOUND : undefined));
    const { outcome, printed } = await play(client, [fake("9001", async (context) => void (await context.crypt()))]);
    expect([outcome, calls]).toEqual(["failed", ["open"]]);
    expect(printed).toContain("openSession has an unexpected value: 0xffff0008 = TEEC_ERROR_ITEM_NOT_FOUND");
  });

  it("stops in the middle when it is told to, and closes the session", async () => {
    const stop = new AbortController();
    const { client, calls } = spy((call) => {
      if (call.startsWith("invoke")) stop.abort();
      return undefined;
    });
    const { outcome, printed } = await play(
      client,
      [
        fake("9001", async (context) => {
          const crypt = await context.crypt();
          await context.subCase("first", async () => {
            await crypt.freeOperation(1);
            await crypt.freeOperation(2);
          });
        }),
        fake("9002", async () => {}),
      ],
      stop.signal,
    );
    expect([outcome, calls]).toEqual(["interrupted", ["open", "invoke 7 2", "close 7"]]);
    expect(printed).not.toContain("9002");
  });

  it("closes the session when a case has a bug", async () => {
    const { client, calls } = spy();
    const broken = fake("9001", async (context) => {
      await context.crypt();
      throw new TypeError("a bug");
    });
    await expect(play(client, [broken])).rejects.toThrow("a bug");
    expect(calls).toEqual(["open", "close 7"]);
  });
});
