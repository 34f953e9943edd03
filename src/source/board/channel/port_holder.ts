// Which program holds a serial port.
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { clip } from "../../../base/printable.ts";

/** ` by NAME (process N)`, or empty where that is not to be seen. */
export function portHolder(path: string): string {
  try {
    const wanted = realpathSync(path);
    const holder = readdirSync("/proc").find(
      (pid) => /^\d+$/.test(pid) && pid !== String(process.pid) && holds(pid, wanted),
    );
    return holder === undefined
      ? ""
      : ` by ${clip(readFileSync(`/proc/${holder}/comm`, "utf8").trim())} (process ${holder})`;
  } catch {
    return "";
  }
}

function holds(pid: string, wanted: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === wanted);
  } catch {
    return false;
  }
}
