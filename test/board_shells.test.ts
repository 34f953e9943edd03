// What every shell of a board must do, whichever way leads to it.
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openShell } from "../src/source/board/open_shell.ts";
import type { Shell } from "../src/source/board/shell/shell.ts";
import { type Place, WAYS } from "./support/board/shells.ts";

const PATIENCE = 120_000;
/** For a machine with much else to do. */
const timeout = 60_000;
const clock = (): number => performance.now();
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("utf8");

/** Processes whose command line has these letters. */
function running(letters: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const line = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ") : "";
      return line.includes(letters) ? [`${pid} ${line}`] : [];
    } catch {
      return [];
    }
  });
}

/** Those that still run after a while. */
async function left(letters: string): Promise<string[]> {
  for (let n = 0; n < 100 && running(letters).length > 0; n++) await sleep(100);
  return running(letters);
}

describe.each(WAYS)("$name", ({ mixed, open }) => {
  let place: Place | undefined;
  let shell: Shell;
  const said: string[] = [];
  const unique = `7${String(process.pid).padStart(7, "0")}${WAYS.findIndex((way) => way.open === open)}`;

  async function opened(): Promise<Shell> {
    const result = await openShell(place?.on ?? "", {
      env: process.env,
      clock,
      password: async () => "secret",
      says: (line) => said.push(line),
    });
    if (!result.ok) throw new Error(result.error);
    return result.value;
  }
  async function answer(command: string, options: { input?: Uint8Array; timeout?: number } = {}) {
    const result = await shell.run(command, { timeout, ...options });
    if (!result.ok) throw new Error(result.error.text);
    return result.value;
  }

  beforeEach(async (context) => {
    place ??= await open(context);
    shell ??= await opened();
  }, PATIENCE);
  afterAll(async () => {
    await shell?.[Symbol.asyncDispose]();
    await place?.end();
  }, PATIENCE);

  it("runs a command: exit code, output, standard error", { timeout: PATIENCE }, async () => {
    expect(shell.mixed).toBe(mixed);
    const { code, out, err, took } = await answer("printf 'a\\nb'; echo c >&2; exit 3");
    expect([code, text(out), err]).toEqual(mixed ? [3, "a\nbc\n", ""] : [3, "a\nb", "c\n"]);
    expect(took).toBeGreaterThan(0);
  });

  it("is a new shell for each command, and none breaks it", { timeout: PATIENCE }, async () => {
    expect((await answer("cd /; a=1; echo \"it's")).code).toBe(2);
    expect(text((await answer('echo "[$a]" >/dev/null; pwd; cat')).out)).not.toBe("/\n");
    expect((await answer("kill -9 $$")).code).toBe(137);
    expect(text((await answer("echo ok")).out)).toBe("ok\n");
  });

  it("passes on what is quoted, and bytes of any kind", { timeout: PATIENCE }, async () => {
    const words = fc.sample(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), { numRuns: 5, seed: 19 });
    for (const word of [...words, "a\nb\n\n", '$(id) `id` \\ "', "@@teem:"]) {
      const plain = word.replaceAll("\0", "");
      expect(text((await answer(`printf %s '${plain.replaceAll("'", `'\\''`)}'`)).out)).toBe(plain);
    }
    const bytes = Uint8Array.from({ length: 5000 }, (_, n) => (n < 256 ? n : (n * 7919) >> 4));
    expect([...(await answer("cat", { input: bytes })).out]).toEqual([...bytes]);
  });

  it("ends a command that does not answer in time, with what it started", { timeout: PATIENCE }, async () => {
    const late = await shell.run(`(sleep ${unique}1 &); echo 4711; trap '' TERM; sleep ${unique}2; sleep ${unique}3`, {
      timeout: 1500,
    });
    expect(late).toMatchObject({ ok: false, error: { kind: "no-answer" } });
    expect(await left(unique)).toEqual([]);
    expect(text((await answer("echo on")).out)).toBe("on\n");
  });

  it("runs a long command beside others", { timeout: PATIENCE }, async () => {
    const started = await shell.start("for n in 1 2 3; do echo line $n; echo; sleep 1; done; printf end; exit 5");
    if (!started.ok) throw new Error(started.error.text);
    expect(text((await answer("echo beside")).out)).toBe("beside\n");
    const lines: string[] = [];
    for await (const line of started.value.lines) lines.push(line);
    expect(lines).toEqual(["line 1", "", "line 2", "", "line 3", "", "end"]);
    expect(await started.value.ended).toEqual({ ok: true, value: 5 });
  });

  it("stops a long command", { timeout: PATIENCE }, async () => {
    const started = await shell.start(`echo there; sleep ${unique}4`);
    if (!started.ok) throw new Error(started.error.text);
    for await (const line of started.value.lines) {
      expect(line).toBe("there");
      break;
    }
    await started.value.stop();
    expect(await started.value.ended).toMatchObject({ ok: true, value: expect.any(Number) });
    expect(await left(unique)).toEqual([]);
  });

  it("writes files, or says why not", { timeout: PATIENCE }, async () => {
    const path = join(tmpdir(), `teemem put ${unique}`);
    const data = Uint8Array.from({ length: 60_001 }, (_, n) => (n * 7919) >> 5);
    const steps: number[] = [];
    expect(await shell.put(path, data, 0o750, { progress: (done) => steps.push(done) })).toMatchObject({ ok: true });
    expect(readFileSync(path).equals(Buffer.from(data))).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o750);
    expect(steps.at(-1)).toBe(data.length);
    rmSync(path);
    expect(await shell.put("/proc/none/file", data, 0o644)).toMatchObject({ ok: false, error: { kind: "refused" } });
  });

  if (!mixed)
    it("connects again, says so, and runs nothing twice", { timeout: PATIENCE }, async () => {
      const path = join(tmpdir(), `teemem-once-${unique}`);
      const cut = await shell.run(`echo once >>${path}; kill -9 $PPID; sleep 1`, { timeout });
      expect(cut).toMatchObject({ ok: false, error: { kind: "lost" } });
      expect(text((await answer(`cat ${path}; rm ${path}`)).out)).toBe("once\n");
      expect(said.join("\n")).toMatch(/connecting again in 0\.5 s\n.*connected again/);
      expect(shell.lost).toBe("");
    });

  it("leaves nothing on the board when it is closed", { timeout: PATIENCE }, async (context) => {
    // A serial port has one user at a time.
    await shell[Symbol.asyncDispose]();
    await place?.end();
    place = await open(context);
    const own = await opened();
    expect(await own.start(`sleep ${unique}5`)).toMatchObject({ ok: true });
    expect(await own.run(`sleep ${unique}6 >/dev/null 2>&1 &`, { timeout })).toMatchObject({ ok: true });
    const late = own.run(`sleep ${unique}7`, { timeout });
    await sleep(1000);
    await own[Symbol.asyncDispose]();
    await late;
    await expect.poll(() => left(unique), { timeout }).toEqual([]);
    expect(own.lost).not.toBe("");
  });
});
