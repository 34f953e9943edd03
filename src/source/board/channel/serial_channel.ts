// serial:PATH[?baud=N&user=NAME]: a serial port of this machine.
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import type { SerialPort } from "serialport";
import { clip } from "../../../base/printable.ts";
import { err, ok, type Result } from "../../../base/result.ts";
import type { Channel } from "./channel.ts";
import type { Opener } from "./opener.ts";
import { portHolder } from "./port_holder.ts";

const BAUD = 115_200;
const OPTIONS = ["baud", "user"];

export function serialOpener(where: string): Result<Opener> {
  const mark = where.indexOf("?");
  const path = mark < 0 ? where : where.slice(0, mark);
  const options = new URLSearchParams(mark < 0 ? "" : where.slice(mark + 1));
  const unknown = [...options.keys()].find((name) => !OPTIONS.includes(name));
  const baud = Number(options.get("baud") ?? BAUD);
  if (path === "") return err("expected serial:PATH?baud=115200");
  if (unknown !== undefined) return err(`unknown option '${clip(unknown)}' of serial:; known: ${OPTIONS.join(", ")}`);
  if (!Number.isInteger(baud) || baud < 50 || baud > 12_000_000)
    return err("expected a speed like serial:PATH?baud=115200");
  return ok({
    patience: 60_000,
    consoles: true,
    user: options.get("user") ?? "",
    open: () => serialChannel(path, baud),
    async [Symbol.asyncDispose]() {},
  });
}

async function serialChannel(path: string, baudRate: number): Promise<Result<Channel>> {
  const library = await import("serialport").catch(() => null);
  if (library === null)
    return err("serial ports need the package serialport, which is not installed; run 'npm install serialport'");
  // A port that is closed keeps its lines up, so that no board is reset by it.
  const port = new library.SerialPort({ path, baudRate, autoOpen: false, lock: true, hupcl: false });
  const failed = await new Promise<Error | null>((resolve) => port.open(resolve));
  return failed === null || failed === undefined ? ok(channelOf(port, path)) : err(openReason(path, failed.message));
}

/** What stops a port from being opened, and what to do. */
function openReason(path: string, message: string): string {
  const name = clip(path);
  if (/No such file|ENOENT|File not found/i.test(message)) return `there is no ${name}; ${present(path)}`;
  if (/Permission denied|Access denied|EACCES/i.test(message))
    return `no permission for ${name}; join its group ('sudo usermod -aG dialout $USER', then log in again)`;
  if (/lock|busy/i.test(message)) return `${name} is in use${portHolder(path)}; close that program`;
  return `cannot open ${name}: ${clip(message, 200)}`;
}

/** The serial ports that are there. */
function present(path: string): string {
  try {
    const folder = dirname(path);
    const ports = readdirSync(folder).filter((name) => /^(?:tty(?:USB|ACM|AMA|S[1-9]|mxc|O|SC)|cu\.)/.test(name));
    if (ports.length > 0) return `there are: ${clip(ports.map((name) => `${folder}/${name}`).join(", "), 200)}`;
  } catch {
    // Then the folder is not there, either.
  }
  return "plug it in, or check its name in 'dmesg'";
}

function channelOf(port: SerialPort, path: string): Channel {
  let ended = "";
  port.on("close", () => {
    ended ||= `${clip(path)} is gone; was it unplugged?`;
  });
  port.on("error", () => {});
  async function* incoming(): AsyncGenerator<Uint8Array> {
    for await (const chunk of port) yield chunk as Uint8Array;
    ended ||= `${clip(path)} is gone; was it unplugged?`;
  }
  return {
    terminal: true,
    incoming: incoming(),
    get ended() {
      return ended;
    },
    async write(data) {
      if (ended !== "" || !port.isOpen) return err(ended || `${clip(path)} is closed`);
      const failed = await new Promise<unknown>((resolve) => port.write(Buffer.from(data), resolve));
      return failed ? err(ended || `cannot write to ${clip(path)}`) : ok(undefined);
    },
    async [Symbol.asyncDispose]() {
      ended ||= "closed";
      if (port.isOpen) await new Promise<void>((resolve) => port.drain(() => port.close(() => resolve())));
    },
  };
}
