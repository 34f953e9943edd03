// Runs `teemem run`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { teemem } from "../src/cli/main.ts";
import type { CommandResult } from "../src/cli/outputs/outcome.ts";
import type { Output } from "../src/cli/outputs/output.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly outcome: CommandResult;
  readonly out: string;
  readonly err: string;
}

async function run(...args: readonly string[]): Promise<Said> {
  const texts = { out: "", err: "" };
  const output = (to: "out" | "err"): Output => ({
    isTerminal: false,
    width: 80,
    waiting: 0,
    colours: false,
    gone: new AbortController().signal,
    write: (text) => {
      texts[to] += text;
    },
    writeData: (text) => {
      texts[to] += text;
    },
    writeBytes: () => {},
    drain: async () => {},
    flush: async () => {},
  });
  const input = (async function* () {})();
  const outcome = await teemem(["run", ...args], { out: output("out"), err: output("err"), input, clock: () => 0 });
  return { outcome, ...texts };
}

describe("teemem run", () => {
  it("runs an example by its short name or by upstream's", async () => {
    const expected = {
      outcome: { ok: true, value: 0 },
      out: "Invoking TA to increment 42\nTA incremented value to 43\n",
    };
    expect(await run("hello_world")).toMatchObject(expected);
    expect(await run("optee_example_hello_world")).toMatchObject(expected);
  });

  it("lists what there is", async () => {
    const { out } = await run("--list");
    expect(out.trim().split("\n")).toHaveLength(6);
    expect(out).toMatch(/^acipher <key_size> <string> +generates an RSA key pair/);
  });

  it("shows the heaps after every call", async () => {
    const { out } = await run("--heap", "random");
    const rows = out.split("\n\n")[1]?.trimEnd().split("\n") ?? [];
    expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
      ["TA heap", "peak so far", "core before", "core after"],
      ["open", "128", "256", "16,480", expect.any(String)],
      ["GENERATE", "128", "256", expect.any(String), expect.any(String)],
      ["close", "-", "-", expect.any(String), "16,480"],
    ]);
  });

  it("shows that aes of 4.0.0 leaks 32 bytes a PREPARE", async () => {
    const { out } = await run("--heap", "aes");
    const prepares = out.split("\n").filter((line) => line.includes("PREPARE"));
    expect(prepares.map((line) => line.trim().split(/ +/).slice(1, 3))).toEqual([
      ["320", "320"],
      ["352", "352"],
    ]);
  });

  it("encrypts with a key of any size", async () => {
    for (const bits of [512, 1024]) {
      const { out } = await run("acipher", String(bits), "hello");
      expect(out).toMatch(new RegExp(`^Encrypted buffer: ([0-9a-f]{2} ){${bits / 8}}\n$`));
    }
    const refused = await run("acipher", "64", "hello");
    expect(refused).toMatchObject({ outcome: { ok: true, value: 1 }, err: expect.stringContaining("NOT_SUPPORTED") });
  });

  it("keeps objects in a folder, so that the second run finds what the first one left", async () => {
    const storage = ["--storage", join(folder, "objects"), "secure_storage"];
    expect((await run(...storage)).out).toContain("- Object not found in TA secure storage, create it.");
    expect((await run(...storage)).out).toContain("- Object found in TA secure storage, delete it.");
    expect((await run(...storage)).out).toContain("- Object not found in TA secure storage, create it.");
  });

  it("gives objects of an earlier teemem their check sums, and says so; a damaged key ends it", async () => {
    const owner = join(folder, "f4e750bb-1437-4fbf-8785-8d3580c34994");
    mkdirSync(owner);
    // Data alone: no attributes, all usages, TEE_TYPE_DATA, then what the program wrote.
    const head = Buffer.from("000000000000000000000000ffffffffbf0000a000000000", "hex");
    writeFileSync(join(owner, "6f626a6563742332.object"), Buffer.concat([head, Buffer.alloc(7000, 0xa1)]));
    const first = await run("--storage", folder, "secure_storage");
    expect(first.out).toContain("- Object found in TA secure storage, delete it.");
    expect(first.err).toBe(`teemem: ${folder}: gave 1 object of an earlier teemem a checksum (docs/storage.md)\n`);
    const second = await run("--storage", folder, "secure_storage");
    expect([second.err, second.outcome]).toEqual(["", { ok: true, value: 0 }]);
    writeFileSync(join(folder, "key"), "nothing");
    const third = await run("--storage", folder, "secure_storage");
    expect(third.outcome).toEqual({
      ok: false,
      error: expect.stringContaining("key is damaged, or belongs to another user"),
    });
  });

  it("says what a program says when a call fails", async () => {
    // A file where the TA's folder should be.
    writeFileSync(join(folder, "f4e750bb-1437-4fbf-8785-8d3580c34994"), "");
    const { outcome, err } = await run("--storage", folder, "secure_storage");
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(err).toBe(
      "optee_example_secure_storage: Command WRITE_RAW failed: 0xf0100003 origin 0x4 " +
        "(TEEC_ERROR_STORAGE_NOT_AVAILABLE from the TA)\n",
    );
  });

  it.each([
    [[], /nothing to run: name one of acipher, aes, .*secure_storage$/],
    [["helo_world"], /unknown example 'helo_world'; did you mean hello_world\?; 'teemem run --list' shows all/],
    [["zzz"], /unknown example 'zzz'; 'teemem run --list' shows all/],
    [["random", "7"], /unexpected argument '7'; it is 'teemem run random'/],
    [["acipher"], /0 arguments; it takes 2; it is 'teemem run acipher <key_size> <string>'/],
    [["acipher", "12bits", "x"], /'12bits' is no key size/],
    [["--cfg", "CFG_NO=y", "random"], /unknown switch/],
    [["--after", "no-such", "random"], /no mark 'no-such'/],
    [
      ["--storage", "/dev/null/no", "random"],
      /cannot keep objects in \/dev\/null\/no: a part of its path is not a folder; give/,
    ],
    [["--storage", "/dev/null", "random"], /cannot keep objects in \/dev\/null: it is not a folder/],
    [
      ["--storage", "/proc/nosuch/x", "random"],
      /cannot keep objects in \/proc\/nosuch\/x: its parent folder does not exist/,
    ],
    [["--storage", "", "random"], /--storage needs the name of a folder/],
    [["--on", "/nosuch/tee.sock", "random"], /no daemon listens on \/nosuch\/tee\.sock: start one with 'teemem boot'/],
    [["--on", "unix:", "random"], /--on needs the path of a socket/],
    [["--on", "/tmp/tee.sock", "--storage", "objects", "random"], /'--on <source>' cannot be used with/],
  ])("tells what is wrong with %j", async (args, message) => {
    const { outcome, out } = await run(...args);
    expect(outcome).toMatchObject({ ok: false, error: expect.stringMatching(message) });
    expect(out).toBe("");
  });
});
