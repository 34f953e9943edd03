// Talks to a running QEMU over its QMP socket: one JSON object a line (QEMU Machine Protocol).
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { err, ok, type Result } from "../../base/result.ts";

/** A QEMU that answers. */
export interface Qmp {
  /** Runs a command of QMP; what it returns. */
  execute(command: string, args?: object): Promise<Result<unknown>>;
  /** Runs a line of the human monitor; what it prints. */
  monitor(line: string): Promise<Result<string>>;
  close(): void;
}

/** Milliseconds for each answer; QEMU answers in one. */
const PATIENCE_MS = 5000;

const BUSY = "it takes one client at a time, and another one is connected: end that one, or use qemu:PID";

/** Connects to the socket of `-qmp unix:PATH,server,nowait`. The error is a sentence that says what to do. */
export async function connectQmp(path: string, patience: number = PATIENCE_MS): Promise<Result<Qmp>> {
  const socket = connect(path);
  const failed = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    socket.once("error", resolve).once("connect", () => resolve(null));
  });
  if (failed !== null) return err(unconnected(path, failed));
  let gone = "";
  const fail = (why: string): void => {
    if (gone === "") gone = why;
    socket.destroy();
    waiting?.(null);
  };
  let waiting: ((message: object | null) => void) | null = null;
  const early: object[] = [];
  socket.on("error", () => fail(`QEMU behind ${path} went away`));
  socket.on("close", () => fail(`QEMU behind ${path} went away`));
  createInterface(socket).on("line", (line) => {
    const message = parse(line);
    if (message === null) return fail(`${path} is not a QMP socket: it says something else than JSON`);
    // What happens in the machine is told in between.
    if ("event" in message) return;
    if (waiting === null) early.push(message);
    else waiting(message);
  });
  async function next(slow: string): Promise<Result<object>> {
    const message =
      early.shift() ??
      (await new Promise<object | null>((resolve) => {
        if (gone !== "") return resolve(null);
        const timer = setTimeout(() => fail(slow), patience);
        waiting = (one) => {
          clearTimeout(timer);
          waiting = null;
          resolve(one);
        };
      }));
    return message === null ? err(gone) : ok(message);
  }
  async function execute(command: string, args: object = {}): Promise<Result<unknown>> {
    if (gone !== "") return err(gone);
    socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    const answer = await next(`QEMU did not answer '${command}' within ${patience / 1000} s`);
    if (!answer.ok) return answer;
    if ("return" in answer.value) return ok(answer.value.return);
    return err(`QEMU does not take '${command}': ${refusal(answer.value)}`);
  }
  const greeting = await next(`no greeting on ${path}: ${BUSY}`);
  if (!greeting.ok) return greeting;
  if (!("QMP" in greeting.value)) {
    fail(`${path} is not a QMP socket: it does not greet as QEMU does`);
    return err(gone);
  }
  const ready = await execute("qmp_capabilities");
  if (!ready.ok) return ready;
  return ok({
    execute,
    async monitor(line) {
      const printed = await execute("human-monitor-command", { "command-line": line });
      if (!printed.ok) return printed;
      return typeof printed.value === "string" ? ok(printed.value) : err(`QEMU prints nothing for '${line}'`);
    },
    close() {
      fail("closed");
    },
  });
}

function parse(line: string): object | null {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === "object" ? message : null;
  } catch {
    return null;
  }
}

function refusal(answer: object): string {
  const { error } = answer as { readonly error?: { readonly desc?: unknown } };
  return typeof error?.desc === "string" ? error.desc : "without a reason";
}

function unconnected(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `no socket at ${path}: start QEMU with -qmp unix:${path},server,nowait`;
  if (code === "ECONNREFUSED") return `nobody listens on ${path}: the QEMU that made it has ended`;
  if (code === "EACCES") return `${path} belongs to another user: run teemem as that user, or as root`;
  return `cannot connect to ${path}: ${message}`;
}
