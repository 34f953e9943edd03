// Tests of sampling.ts.
import { expect, it } from "vitest";
import { fakeSource } from "../../../test/support/fake_source.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { LONG_PATIENCE } from "../../source/back_off.ts";
import type { Answers, Source, SourceError } from "../../source/source.ts";
import type { RecordSession } from "./record_session.ts";
import { sampling } from "./sampling.ts";

const REBOOTED: SourceError = { text: "the board has rebooted", rebooted: true };
const GONE: SourceError = { text: "the connection broke off" };

/** Samples a source that gives these answers, until it has none left; the clock goes on by `step` with each. */
async function sampled(step: number, ...answers: readonly ("pools" | SourceError)[]) {
  const heard: string[] = [];
  const said: string[] = [];
  const over = new AbortController();
  const rest = [...answers];
  let time = 0;
  const { release, ...others } = fakeSource("ssh://board", { answers: { alloc: { release: {} as never, pools: [] } } });
  const source = {
    ...others,
    release,
    async ask(question: string): Promise<Result<Answers["alloc"], SourceError>> {
      if (question !== "alloc") return err({ text: "not asked" });
      const next = rest.shift();
      time += step;
      if (rest.length === 0) over.abort();
      return next === undefined || next === "pools" ? ok({ release, pools: [] }) : err(next);
    },
  } as Source;
  const session = {
    sample: () => void heard.push("sample"),
    note: (name: string) => void heard.push(name),
    reboot: () => void heard.push("reboot"),
    asks: () => {},
  } as unknown as RecordSession;
  const clock = (): number => time;
  const says = (text: string): void => void said.push(text);
  const end = await sampling(source, session, { interval: 1, signal: over.signal, clock, says });
  return { heard, said, end };
}

it("goes on behind a reboot, in new series, and says that there was one", async () => {
  const { heard, said, end } = await sampled(0, "pools", REBOOTED, "pools", "pools");
  expect(heard).toEqual(["sample", "reboot", "sample", "sample"]);
  expect(said).toEqual(["the board has rebooted"]);
  expect(end).toEqual(err("the system rebooted once; the recording has marks there"));
});

it("goes on behind a silence, which is marked with how long it was", async () => {
  const { heard, said, end } = await sampled(2000, "pools", GONE, GONE, "pools", "pools");
  expect(heard).toEqual(["sample", "no answer for 4 s", "sample", "sample"]);
  expect(said).toEqual([
    "the connection broke off; the recording goes on when it answers again",
    "it answers again, after 4 s",
  ]);
  expect(end).toEqual(err("the system gave no answer once, for 4 s together; the recording has marks there"));
});

it("a connection that was lost by a reboot is both", async () => {
  const { heard, end } = await sampled(1000, "pools", GONE, REBOOTED, "pools", "pools");
  expect(heard).toEqual(["sample", "no answer for 1 s", "reboot", "sample", "sample"]);
  expect(end).toEqual(
    err("the system rebooted once and gave no answer once, for 1 s together; the recording has marks there"),
  );
});

it("ends where nothing was ever answered, at once", async () => {
  const { heard, said, end } = await sampled(0, GONE, "pools", "pools");
  expect({ heard, said, end }).toEqual({ heard: [], said: [], end: err("the connection broke off") });
});

it("ends where it was silent for long, and says for how long", async () => {
  const { heard, end } = await sampled(LONG_PATIENCE + 1000, "pools", GONE, GONE, "pools", "pools");
  expect(heard).toEqual(["sample", "no answer for 601 s"]);
  expect(end).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^no answer for 601 s: the connection broke off/),
  });
});

it("is well where nothing happened", async () => {
  expect((await sampled(0, "pools", "pools", "pools")).end).toEqual(ok(undefined));
});
