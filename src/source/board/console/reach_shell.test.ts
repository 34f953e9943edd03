// Tests of reach_shell.ts: consoles in any state. The line is a real one over a channel whose other side is a script.
import { describe, expect, it } from "vitest";
import type { Channel } from "../channel/channel.ts";
import { createInbox } from "../shell/inbox.ts";
import { terminalLine } from "./line.ts";
import { type Login, reachShell } from "./reach_shell.ts";

const KEY = "k1";
const login: Login = { user: "root", password: async () => "secret" };

/** Answers to what is typed, the first row that fits; `first` is shown before anything is typed. */
function consoleThat(first: string, answers: readonly (readonly [typed: RegExp, shown: string])[]) {
  const typed: string[] = [];
  let put = (_: string): void => {};
  async function* incoming(): AsyncGenerator<Uint8Array> {
    const queue = [first];
    put = (text) => {
      queue.push(text);
      wake();
    };
    let wake = (): void => {};
    for (;;) {
      for (const text of queue.splice(0)) if (text !== "") yield Buffer.from(text, "latin1");
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const channel: Channel = {
    terminal: true,
    ended: "",
    incoming: incoming(),
    async write(data) {
      const text = Buffer.from(data).toString("latin1");
      typed.push(text);
      put(answers.find(([pattern]) => pattern.test(text))?.[1] ?? "");
      return { ok: true, value: undefined };
    },
    async [Symbol.asyncDispose]() {},
  };
  return { line: terminalLine(channel, createInbox(channel.incoming)), typed };
}

const reach = (at: ReturnType<typeof consoleThat>, options = login) =>
  reachShell(at.line, options, KEY, AbortSignal.timeout(30_000));

const SHELL = [
  /^ echo @@''teem/,
  " echo @@''teem:k1:$PW\r\r\nD\r\n@@teem:k1:/root\r\nroot@optee:~# \u001b[6n",
] as const;

describe("a console", () => {
  it("with a shell: the line is cleared, a question for the cursor is answered", async () => {
    const at = consoleThat("", [[/^[^ -~]\r$/, "\r\nroot@optee:~# \u001b[6n"], SHELL]);
    expect(await reach(at)).toEqual({ ok: true, value: false });
    expect(at.typed).toContain("\u001b[1;1R");
    expect(at.typed[0]).toBe("\u0015\r");
  });

  it("with a login, behind which the kernel has written", async () => {
    const at = consoleThat("", [
      [/^[^ -~]\r$/, "\r\noptee login: [    9.000000] random: crng init done\r\n"],
      [/^root\r$/, "root\r\nPassword: "],
      [/^secret\r$/, "\r\nLast login: today\r\n# "],
      SHELL,
    ]);
    expect(await reach(at)).toEqual({ ok: true, value: true });
  });

  it("that lets nobody in is asked once", async () => {
    const at = consoleThat("optee login: ", [
      [/^root\r$/, "root\r\nPassword: "],
      [/^secret\r$/, "\r\nLogin incorrect\r\noptee login: "],
    ]);
    expect(await reach(at)).toMatchObject({
      ok: false,
      error: { kind: "refused", text: expect.stringMatching(/lets 'root' not in/) },
    });
    expect(at.typed.filter((text) => text === "root\r")).toHaveLength(1);
  });

  it("that wants a password which nobody has", async () => {
    const at = consoleThat("optee login: ", [[/^root\r$/, "root\r\nPassword: "]]);
    const none = { user: "root", password: async () => undefined };
    expect(await reach(at, none)).toMatchObject({ ok: false, error: { text: expect.stringMatching(/boards\.yaml/) } });
  });

  it("in its boot loader", async () => {
    expect(await reach(consoleThat("\r\n=> ", []))).toMatchObject({
      ok: false,
      error: { text: expect.stringMatching(/boot loader/) },
    });
    const odd = consoleThat("", [
      [/^ echo/, "echo @@''teem:k1:$PWD\r\n@@teem:k1:\r\nboard# "],
      [/./, "board# "],
    ]);
    expect(await reach(odd)).toMatchObject({ ok: false, error: { text: expect.stringMatching(/boot loader/) } });
  });

  it("that counts down to its boot is left alone", async () => {
    const at = consoleThat("U-Boot 2024.01\r\nHit any key to stop autoboot:  2 \b\b\b 1 ", []);
    void reachShell(at.line, login, KEY, AbortSignal.timeout(3000));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(at.typed).toEqual([]);
  });

  it("where a program runs in the foreground", async () => {
    const at = consoleThat("", [
      [/^[^ -~]\r$/, "\r\n"],
      [/^ echo/, " echo @@''teem:k1:$PWD\r\n"],
    ]);
    expect(await reach(at)).toMatchObject({ ok: false, error: { text: expect.stringMatching(/foreground/) } });
  });

  it("with another speed", async () => {
    const at = consoleThat("", [[/./, "\u00fe\u0080x\u0080\u00f8\u0080\u0000\u00fe\u00e0\u0080"]]);
    expect(await reach(at)).toMatchObject({ ok: false, error: { text: expect.stringMatching(/speed/) } });
  });

  it("where nobody answers", { timeout: 40_000 }, async () => {
    expect(await reach(consoleThat("", []))).toMatchObject({
      ok: false,
      error: { kind: "no-answer", text: expect.stringMatching(/nothing answers/) },
    });
  });
});
