// Tests of boards_file.ts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { namedBoard, parseBoards } from "./boards_file.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-boards-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FILE = `
# the bench
lab1: { source: "ssh://root@10.0.0.7" }
012:
  source: serial:/dev/ttyUSB0?baud=115200
  secure: serial:/dev/ttyUSB1
  user: root
  password: LAB_PASSWORD
  elf: out/tee.elf
  ta-elf: [a.elf, b.elf]
  xtest: /opt/xtest
  leak-headers: no
__proto__: { source: "exec:adb shell", ta-elf: c.elf }
`;

it("reads boards by name, each word as it is written", () => {
  const boards = parseBoards(FILE);
  if (!boards.ok) throw new Error(boards.error);
  expect([...boards.value.keys()]).toEqual(["lab1", "012", "__proto__"]);
  expect(boards.value.get("012")).toEqual({
    source: "serial:/dev/ttyUSB0?baud=115200",
    secure: "serial:/dev/ttyUSB1",
    user: "root",
    password: "LAB_PASSWORD",
    elf: "out/tee.elf",
    "ta-elf": ["a.elf", "b.elf"],
    xtest: "/opt/xtest",
    "leak-headers": "no",
  });
  expect(boards.value.get("__proto__")).toEqual({ source: "exec:adb shell", "ta-elf": ["c.elf"] });
  expect(parseBoards("")).toEqual({ ok: true, value: new Map() });
});

it.each([
  ["[1]", "1: expected boards by name, like 'lab1: {source: ssh://root@10.0.0.7}'"],
  [
    "a:\n  source: x\n  colour: y\n",
    "3: a: unknown key 'colour'; known: source, secure, elf, ta-elf, user, password, xtest, leak-headers",
  ],
  ["a:\n  secure: x\n", "1: a: source is missing, like 'source: ssh://root@10.0.0.7'"],
  ["a:\n  source: [x]\n", "2: a: source: expected a text"],
  ["a: { source: x, leak-headers: true }\n", "1: a: leak-headers: expected yes or no"],
  ["a:\n  source:\n", "2: a: source: expected a text"],
  ["a: 1\n", "1: a: expected source, secure, elf, ta-elf, user, password, xtest, leak-headers"],
  ["'a:b': {source: x}\n", "1: a:b: a name has no colon, slash or space"],
  ["a: {source: x}\na: {source: y}\n", "2: Map keys must be unique"],
])("says by line what is wrong: %j", (text, error) => {
  expect(parseBoards(text)).toEqual({ ok: false, error });
});

it("takes no password itself", () => {
  expect(parseBoards("a:\n  source: x\n  password: secret\n")).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^3: a: password: .*never the password/),
  });
});

it("counts paths of elf files from the folder of the file", () => {
  const named = join(folder, "elves.yaml");
  writeFileSync(named, "a: { source: sim, elf: out/tee.elf, ta-elf: [a.elf, /b.elf] }\n");
  expect(namedBoard("a", { TEEMEM_BOARDS: named })).toEqual({
    ok: true,
    value: { source: "sim", elf: join(folder, "out/tee.elf"), "ta-elf": [join(folder, "a.elf"), "/b.elf"] },
  });
});

it("finds the file that TEEMEM_BOARDS names, else the user's own", () => {
  const [named, home] = [join(folder, "mine.yaml"), join(folder, "config")];
  mkdirSync(join(home, "teemem"), { recursive: true });
  writeFileSync(named, "a: {source: sim}\n");
  writeFileSync(join(home, "teemem", "boards.yaml"), "b: {source: sim}\n");
  expect(namedBoard("a", { TEEMEM_BOARDS: named })).toEqual({ ok: true, value: { source: "sim" } });
  expect(namedBoard("b", { TEEMEM_BOARDS: named })).toEqual({ ok: true, value: null });
  expect(namedBoard("b", { XDG_CONFIG_HOME: home })).toEqual({ ok: true, value: { source: "sim" } });
  expect(namedBoard("a", { TEEMEM_BOARDS: "" })).toEqual({ ok: true, value: null });
  expect(namedBoard("a", { TEEMEM_BOARDS: join(folder, "none") })).toMatchObject({
    ok: false,
    error: expect.stringMatching(/ENOENT/),
  });
});
