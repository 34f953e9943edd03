// Programs that run on a system: recorded and watched, with moments and without.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fakeConsole } from "../../../test/support/fake_console.ts";
import { fakeSource } from "../../../test/support/fake_source.ts";
import type { Shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import type { ExactMoment } from "../../recording/moment.ts";
import { createMomentReader } from "../../recording/moments.ts";
import { feedOf } from "../../source/console/read_feed.ts";
import type { ProgramEvent } from "../../source/program.ts";
import type { Source } from "../../source/source.ts";
import type { Io } from "../outputs/outcome.ts";
import type { Output } from "../outputs/output.ts";
import { type ProgramRunner, takesPrograms } from "./program_run.ts";
import { recordProgramOf } from "./record_program_of.ts";
import type { RecordSession } from "./record_session.ts";
import { ENDED_WELL } from "./run_end.ts";
import { watchProgram } from "./watch_program.ts";

const MOMENTS: ExactMoment[] = [];
const reader = createMomentReader((moment) => MOMENTS.push(moment));
const file = new URL("../../../test/fixtures/moments/4.10.0-pkcs11-1004.gz", import.meta.url);
for (const line of gunzipSync(readFileSync(file)).toString().split("\n").slice(0, 10)) reader.take(line);

function runnerOf(...events: readonly ProgramEvent[]): Source & ProgramRunner {
  const source = {
    ...fakeSource("ssh://board", { answers: { alloc: { release: reader.release as never, pools: [] } } }),
    async *run() {
      yield* events;
    },
  };
  if (!takesPrograms(source)) throw new Error("it runs programs");
  return source;
}

function screen(): { readonly io: Io; readonly texts: { out: string; err: string } } {
  const texts = { out: "", err: "" };
  const into = (which: "out" | "err"): Output => ({
    isTerminal: false,
    width: 80,
    waiting: 0,
    colours: false,
    gone: new AbortController().signal,
    write<T extends string>(text: Shown<T>) {
      texts[which] += text;
    },
    writeData(text) {
      texts[which] += text;
    },
    writeBytes: () => {},
    drain: async () => {},
    flush: async () => {},
  });
  const input = (async function* () {})();
  return { io: { out: into("out"), err: into("err"), input, clock: () => 0 }, texts };
}

const line = (text: string, error = false): ProgramEvent => ({ kind: "line", text, error });
const moments = MOMENTS.map((moment): ProgramEvent => ({ kind: "moment", moment }));
const ended = (code: number): ProgramEvent => ({ kind: "ended", code: ok(code) });

describe("a program that is recorded", () => {
  function session(heard: string[]): RecordSession {
    return {
      feed: () => {},
      sample: () => void heard.push("sample"),
      moment: ({ call }) => void heard.push(call?.name ?? "before"),
      mark: (name, command) => void heard.push(`mark ${name}: ${command}`),
      note: () => {},
      reboot: () => {},
      asks: () => {},
      hear: () => {},
      end: () => {},
      summary: () => "",
      recorded: () => ({ rows: 0, bytes: 0, late: [], findings: 0 }),
    };
  }
  const record = async (...events: readonly ProgramEvent[]) => {
    const heard: string[] = [];
    const said: string[] = [];
    const { io, texts } = screen();
    const program = { words: ["xtest", "1"], interval: 1, resets: false };
    const end = await recordProgramOf(runnerOf(...events), session(heard), program, io, (text) => said.push(text));
    return { heard, said, end, texts };
  };
  it("is not polled while its moments are seen; what it prints passes through", async () => {
    const { heard, said, end, texts } = await record(line("one"), ...moments.slice(0, 3), line("two", true), ended(0));
    expect(heard).toEqual(["mark xtest: xtest 1", "before", "open", "invoke 0"]);
    expect({ said, end, texts }).toEqual({
      said: [],
      end: ENDED_WELL,
      texts: { out: "one\n", err: "two\n" },
    });
  });
  it("is polled where they are not, and that is said", async () => {
    const { heard, said } = await record({ kind: "unseen", why: "no compiler", ended: false }, ended(0));
    expect(said).toEqual(["no compiler; the counters are polled every 1 ms instead"]);
    expect(heard.slice(0, 2)).toEqual(["mark xtest: xtest 1", "sample"]);
  });
  it("is not polled where only some are missing", async () => {
    const { heard, said } = await record(
      ...moments.slice(0, 1),
      { kind: "unseen", why: "2 lines lost", ended: true },
      ended(0),
    );
    expect({ heard, said }).toEqual({ heard: ["mark xtest: xtest 1", "before"], said: ["2 lines lost"] });
  });
  it.each([
    [ended(3), 3, "'xtest' ended with exit code 3"],
    [{ kind: "ended", code: err("the board is gone") } as const, 1, "the board is gone"],
  ])("ends as it did: %j", async (end, code, text) => {
    expect((await record(end)).end).toEqual({ code, wrong: [text] });
  });
});

describe("a program that is watched", () => {
  const watch = async (json: boolean, ta: string | undefined, ...events: readonly ProgramEvent[]) => {
    const { io, texts } = screen();
    const outcome = await watchProgram(runnerOf(...events), { words: ["xtest"], ta, resets: false, json }, io);
    return { ...texts, outcome };
  };
  it("has a row for each call; its own output is on standard error", async () => {
    const { out, err: errors, outcome } = await watch(false, undefined, line("one"), ...moments, ended(0));
    expect({ errors, outcome }).toEqual({ errors: "one\n", outcome: ok(0) });
    expect(out).toMatchInlineSnapshot(`
      "                                      heap of the TA                  core heap
                 calls   before     peak    after   growth   before     peak   growth
      PKCS#11 TA
      open           1        ?        ?    1,296        ?   31,024 <=54,544     +208
      invoke 0       1    1,296 <=27,344    1,296        0   31,232 <=54,544        0
      invoke 1       1    1,296 <=27,344    1,296        0   31,232 <=54,544     +144  SHORT_BUFFER
      invoke 1       1    1,296 <=27,344    1,296        0   31,376 <=54,544        0
      invoke 6       1    1,296 <=27,344    1,520     +224   31,376 <=54,544     +144
      invoke 15      1    1,520 <=27,344    2,128     +608   31,520 <=54,544        0
      invoke 16      1    2,128 <=27,344    1,616     -512   31,520 <=54,544     -144
      invoke 7       1    1,616 <=27,344    1,488     -128   31,376 <=54,544        0
      <= The maximum is older than the call, which stayed at or below it.
      "
    `);
  });
  it("shows one TA alone", async () => {
    const { out } = await watch(false, "ABC", ...moments, ended(0));
    expect(out).toBe("");
  });
  it("takes the name of a TA that is known", async () => {
    const { out } = await watch(true, "pkcs11", ...moments.slice(0, 2), ended(0));
    expect(JSON.parse(out).calls).toHaveLength(1);
    const other = await watch(true, "acipher", ...moments.slice(0, 2), ended(0));
    expect(JSON.parse(other.out).calls).toEqual([]);
    const { outcome } = await watch(true, "pkcs12", ...moments, ended(0));
    expect(outcome).toEqual(
      err(expect.stringMatching(/^--ta: no TA is known by the name 'pkcs12': .*; did you mean pkcs11\?$/)),
    );
  });
  it("gives the same as JSON", async () => {
    const { out } = await watch(true, "fd02c9da", ...moments.slice(0, 2), ended(0));
    expect(JSON.parse(out).calls).toMatchObject([{ name: "open", code: 0, heap: { after: 1296 } }]);
  });
  it("shows errors of the secure console as they come, and has all its lines as JSON", async () => {
    const told = async (json: boolean) => {
      const secure = fakeConsole();
      const source = { ...runnerOf(), console: feedOf("tcp://x:1", secure) };
      const { io, texts } = screen();
      async function* run(): AsyncGenerator<ProgramEvent> {
        secure.say("D/TC:0 0 a:1 one\r\nE/TC:0 0 b:2 two\r\nE/TC:0 0 c:3 th");
        await new Promise(setImmediate);
        yield line(texts.err.includes("two") ? "it was said meanwhile" : "it was not said yet");
        secure.say("ree");
        yield ended(0);
      }
      const outcome = await watchProgram(
        { ...source, run },
        { words: ["xtest"], ta: undefined, resets: false, json },
        io,
      );
      return { ...texts, outcome };
    };
    const { err: errors, outcome } = await told(false);
    expect(errors).toBe("E/TC:0 0 b:2 two\nit was said meanwhile\nE/TC:0 0 c:3 three\n");
    expect(outcome).toEqual(ok(0));
    const lines = ["D/TC:0 0 a:1 one", "E/TC:0 0 b:2 two", "E/TC:0 0 c:3 three"];
    expect(JSON.parse((await told(true)).out).console).toEqual(lines);
  });
  it("ends with the program's own exit code, also where something was not seen", async () => {
    const unseen: ProgramEvent = { kind: "unseen", why: "no compiler", ended: false };
    const { err: errors, outcome } = await watch(false, undefined, unseen, ended(5));
    expect(errors).toBe("teemem: no compiler\nteemem: 'xtest' ended with exit code 5\n");
    expect(outcome).toEqual(ok(5));
  });
  it("ends with 1 where something was not seen", async () => {
    const { err: errors, outcome } = await watch(
      false,
      undefined,
      { kind: "unseen", why: "no compiler", ended: false },
      ended(0),
    );
    expect({ errors, outcome }).toEqual({ errors: "teemem: no compiler\n", outcome: ok(1) });
  });
});
