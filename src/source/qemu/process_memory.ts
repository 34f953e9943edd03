// Reads the memory of another process of this machine, without stopping it (Linux's /proc/PID/mem).
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { err, ok, type Result } from "../../base/result.ts";
import { type Mapping, processMaps } from "./process_maps.ts";

/** The memory of a process. */
export interface ProcessMemory {
  readonly pid: number;
  readonly maps: readonly Mapping[];
  /** Fills `into` from an address on. False if the process is gone, or nothing is mapped there. */
  read(address: number, into: Uint8Array): boolean;
  close(): void;
}

/** Opens the memory of a process. The error is a sentence that says what to do. `proc`: where Linux shows its processes. */
export function openProcess(pid: number, proc = "/proc"): Result<ProcessMemory> {
  let file: number;
  let maps: readonly Mapping[];
  try {
    file = openSync(`${proc}/${pid}/mem`, "r");
  } catch (error) {
    return err(unopened(pid, error as NodeJS.ErrnoException, proc));
  }
  try {
    maps = processMaps(readFileSync(`${proc}/${pid}/maps`, "utf8"));
  } catch (error) {
    closeSync(file);
    return err(unopened(pid, error as NodeJS.ErrnoException, proc));
  }
  let closed = false;
  return ok({
    pid,
    maps,
    read(address, into) {
      try {
        // The number of a closed file can be another's.
        return !closed && readSync(file, into, 0, into.length, address) === into.length;
      } catch {
        return false;
      }
    },
    close() {
      if (!closed) closeSync(file);
      closed = true;
    },
  });
}

/** What a process was started with; empty if it is not there. */
export function commandOf(pid: number, proc = "/proc"): string {
  try {
    return readFileSync(`${proc}/${pid}/cmdline`, "latin1").split("\0")[0] ?? "";
  } catch {
    return "";
  }
}

/** Whether a program is QEMU's for a whole machine, as distributions and builds call it. */
export function isQemu(command: string): boolean {
  return /^qemu(?:-system-(?:aarch64|arm)|-kvm)/.test(command.split("/").at(-1) ?? "");
}

/** The processes that are QEMU's. */
export function qemuProcesses(proc = "/proc"): number[] {
  const names = readdirSync(proc).filter((name) => /^\d{1,10}$/.test(name));
  return names.map(Number).filter((pid) => isQemu(commandOf(pid, proc)));
}

function unopened(pid: number, { code = "", message }: NodeJS.ErrnoException, proc: string): string {
  const own = process.getuid?.() ?? 0;
  return unreadable(pid, code, message, { owner: ownerOf(pid, proc), own, scope: scopeOf(proc) });
}

/** Who asks for whose memory. */
interface Standing {
  /** Number of the user that the process belongs to; null if unknown. */
  readonly owner: number | null;
  readonly own: number;
  /** kernel.yama.ptrace_scope: how far processes are kept from each other; 0 without Yama. */
  readonly scope: number;
}

/** Why the memory of a process cannot be read, and what to do. `code`: of the failed call. */
export function unreadable(pid: number, code: string, message: string, { owner, own, scope }: Standing): string {
  if (code === "ENOENT" || code === "ESRCH") return gone(pid);
  if (code !== "EACCES" && code !== "EPERM") return `cannot read the memory of process ${pid}: ${message}`;
  if (owner !== null && owner !== own && own !== 0)
    return `process ${pid} belongs to user ${owner}: run teemem as that user, or as root`;
  if (own !== 0 && scope > 0 && scope < 3)
    return `Linux keeps process ${pid} from its user's other programs (kernel.yama.ptrace_scope is ${scope}): run teemem as root, or 'sysctl kernel.yama.ptrace_scope=0' first`;
  if (scope === 3)
    return `Linux lets nobody read the memory of processes until the next boot (kernel.yama.ptrace_scope is 3)`;
  return `not allowed to read the memory of process ${pid}: run teemem as root; in a container, with --cap-add=SYS_PTRACE, or on the host`;
}

/** The sentence for a process that is not there, or no more. */
export function gone(pid: number): string {
  return `there is no process ${pid} (any more): 'pgrep -a qemu' shows those that run; those in another container are not seen`;
}

function ownerOf(pid: number, proc: string): number | null {
  try {
    const match = /^Uid:\s+(\d+)/m.exec(readFileSync(`${proc}/${pid}/status`, "utf8"));
    return match === null ? null : Number(match[1]);
  } catch {
    return null;
  }
}

/** How far Yama keeps processes from each other; 0 where there is no Yama. */
function scopeOf(proc: string): number {
  try {
    return Number(readFileSync(`${proc}/sys/kernel/yama/ptrace_scope`, "utf8"));
  } catch {
    return 0;
  }
}
