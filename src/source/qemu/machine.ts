// The secure memory of a machine that runs in QEMU: which part of QEMU's own memory it is.
import { readFileSync } from "node:fs";
import { err, ok, type Result } from "../../base/result.ts";
import { type RamRange, secureRam } from "./memory_tree.ts";
import { likelyRam } from "./process_maps.ts";
import { commandOf, isQemu, openProcess, type ProcessMemory, qemuProcesses } from "./process_memory.ts";
import { connectQmp, type Qmp } from "./qmp.ts";
import { type RamBlock, ramBlocks } from "./ram_blocks.ts";

/** A part of QEMU's memory that can be the secure RAM of the machine. */
export interface SecureRam {
  /** Address in QEMU's memory. */
  readonly host: number;
  readonly length: number;
  /** Physical address in the machine; null where nobody says it. */
  readonly physical: number | null;
}

/** A machine, and where its secure RAM can be: the bytes decide. */
export interface Machine {
  readonly memory: ProcessMemory;
  readonly candidates: readonly SecureRam[];
  /** How they were found, for people. */
  readonly how: string;
}

/** `where`: a process, a QMP socket, or empty for the only QEMU that runs. */
export async function openMachine(where: string): Promise<Result<Machine>> {
  if (where === "") return onlyMachine(qemuProcesses());
  if (/^\d{1,10}$/.test(where)) return machineOf(Number(where));
  return behindSocket(where);
}

function onlyMachine(pids: readonly number[]): Result<Machine> {
  const [pid, ...others] = pids;
  if (pid === undefined) return err("no QEMU of a machine runs here: start one, or name its process with qemu:PID");
  if (others.length > 0)
    return err(`${pids.length} machines run in QEMU here: name one with qemu:PID (${pids.join(", ")})`);
  return machineOf(pid);
}

/** By its process alone: what lies in its memory tells which part is the secure RAM. */
function machineOf(pid: number): Result<Machine> {
  const opened = openProcess(pid);
  if (!opened.ok) return opened;
  const command = commandOf(pid);
  if (!isQemu(command)) {
    opened.value.close();
    return err(`process ${pid} is not a QEMU of an Arm machine, it is '${command}'`);
  }
  return ok({
    memory: opened.value,
    candidates: likelyRam(opened.value.maps).map(({ from, to }) => ({ host: from, length: to - from, physical: null })),
    how: "found in the memory of QEMU by its content",
  });
}

async function behindSocket(path: string): Promise<Result<Machine>> {
  const connected = await connectQmp(path);
  if (!connected.ok) return connected;
  const qmp = connected.value;
  try {
    return await askedMachine(qmp, path);
  } finally {
    qmp.close();
  }
}

/** By what QEMU says: which RAM is secure, how long its block is, and which process it is. */
async function askedMachine(qmp: Qmp, path: string): Promise<Result<Machine>> {
  const tree = await qmp.monitor("info mtree -f");
  if (!tree.ok) return tree;
  const [range, ...others] = secureRam(tree.value);
  if (range === undefined)
    return err("this machine has no memory of the secure world alone: start QEMU with -machine virt,secure=on");
  const listed = await qmp.monitor("info ramblock");
  if (!listed.ok) return listed;
  const blocks = ramBlocks(listed.value);
  const pid = await processOf(qmp);
  if (pid === null)
    return err(
      `the QEMU behind ${path} runs where its process is not seen from here, as in a container: run teemem there, or on the host with qemu:PID`,
    );
  const opened = openProcess(pid);
  if (!opened.ok) return opened;
  const candidates = [range, ...others].flatMap((one) => placesOf(one, blocks, opened.value));
  return ok({ memory: opened.value, candidates, how: "as QEMU says" });
}

/** Where a range can lie: as QEMU says since 8.0; before that, in a mapping that is as long as its block. */
function placesOf(
  { block, from, length, offset }: RamRange,
  blocks: readonly RamBlock[],
  memory: ProcessMemory,
): SecureRam[] {
  const known = blocks.find(({ name }) => name === block);
  if (known === undefined) return [];
  const starts =
    known.host !== null
      ? [known.host]
      : likelyRam(memory.maps).flatMap((map) => (map.to - map.from === known.length ? [map.from] : []));
  return starts.map((host) => ({ host: host + offset, length, physical: from }));
}

/** The process of a QEMU: that of the threads which are its processors. */
async function processOf(qmp: Qmp): Promise<number | null> {
  const asked = await qmp.execute("query-cpus-fast");
  const [cpu] = asked.ok && Array.isArray(asked.value) ? (asked.value as { readonly "thread-id"?: unknown }[]) : [];
  const thread = cpu?.["thread-id"];
  if (typeof thread !== "number") return null;
  try {
    const group = /^Tgid:\s+(\d+)/m.exec(readFileSync(`/proc/${thread}/status`, "utf8"));
    const pid = Number(group?.[1]);
    return isQemu(commandOf(pid)) ? pid : null;
  } catch {
    return null;
  }
}
