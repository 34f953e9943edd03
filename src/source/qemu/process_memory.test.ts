// Tests of process_memory.ts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandOf, isQemu, openProcess, qemuProcesses, unreadable } from "./process_memory.ts";

const ME = { owner: 1000, own: 1000, scope: 0 };

test.each([
  ["ESRCH", ME, /^there is no process 7 \(any more\): 'pgrep -a qemu' shows/],
  ["ENOENT", ME, /^there is no process 7/],
  ["EACCES", { ...ME, owner: 0 }, /^process 7 belongs to user 0: run teemem as that user, or as root$/],
  [
    "EACCES",
    { ...ME, scope: 1 },
    /ptrace_scope is 1\): run teemem as root, or 'sysctl kernel.yama.ptrace_scope=0' first$/,
  ],
  ["EPERM", { ...ME, scope: 2 }, /ptrace_scope is 2/],
  ["EPERM", { owner: 0, own: 0, scope: 3 }, /until the next boot/],
  ["EACCES", { owner: 0, own: 0, scope: 1 }, /in a container, with --cap-add=SYS_PTRACE, or on the host$/],
  ["EACCES", { ...ME, owner: null }, /--cap-add=SYS_PTRACE/],
  ["EIO", ME, /^cannot read the memory of process 7: input error$/],
])("%s, %o", (code, standing, says) => {
  expect(unreadable(7, code, "input error", standing)).toMatch(says);
});

test.each([
  ["/usr/bin/qemu-system-aarch64", true],
  ["qemu-system-arm", true],
  ["./build/qemu-system-aarch64-unsigned", true],
  ["/usr/libexec/qemu-kvm", true],
  ["/usr/bin/qemu-system-x86_64", false],
  ["qemu-aarch64-static", false],
  ["qemu-img", false],
  ["", false],
])("%s is QEMU of an Arm machine: %s", (command, is) => {
  expect(isQemu(command)).toBe(is);
});

test("finds the processes of QEMU", () => {
  const proc = mkdtempSync(join(tmpdir(), "teemem-proc-"));
  try {
    for (const [pid, command] of [
      ["12", "qemu-system-aarch64\0-machine\0virt\0"],
      ["13", "sh\0"],
      ["net", "qemu-system-arm\0"],
    ] as const) {
      mkdirSync(join(proc, pid));
      writeFileSync(join(proc, pid, "cmdline"), command);
    }
    mkdirSync(join(proc, "14"));
    expect(qemuProcesses(proc)).toEqual([12]);
    expect(commandOf(14, proc)).toBe("");
    expect(openProcess(12, proc)).toEqual({ ok: false, error: expect.stringContaining("there is no process 12") });
  } finally {
    rmSync(proc, { recursive: true });
  }
});

test("reads this process's own memory, and nothing where nothing is mapped or after it is closed", () => {
  const opened = openProcess(process.pid);
  if (!opened.ok) throw new Error(opened.error);
  const { maps, read, close } = opened.value;
  const [program] = maps.filter(({ path, access }) => path !== "" && access.startsWith("r"));
  const bytes = new Uint8Array(4);
  expect(read(program?.from ?? 0, bytes)).toBe(true);
  expect([...bytes]).toEqual([0x7f, 0x45, 0x4c, 0x46]);
  expect(read(16, bytes)).toBe(false);
  close();
  close();
  expect(read(program?.from ?? 0, bytes)).toBe(false);
});
