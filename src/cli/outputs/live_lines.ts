// Lines that are to be seen when they happen, for a reader that may be slow, or not read at all.
import { counted } from "../../base/format.ts";
import { type Printable, shown } from "../../base/printable.ts";
import type { Output } from "./output.ts";

/** Bytes that wait for the reader before lines are left out. */
const MOST = 2 ** 20;

/**
 * Takes lines without their end, and hands each over at once. While more than 1 MiB waits for the reader lines are left out;
 * when it has read, a line says how many. `failed` is called where nothing can be written.
 */
export function liveLines(out: Output, failed: () => void = () => {}): (line: Printable) => void {
  let left = 0;
  let handing = false;
  function put(line: Printable): void {
    out.write(shown`${line}\n`);
    if (!handing) handOver().catch(failed);
  }
  /** One wait at a time, however many lines there are. */
  async function handOver(): Promise<void> {
    handing = true;
    try {
      do await out.flush();
      while (out.waiting > 0 && !out.gone.aborted);
    } finally {
      handing = false;
    }
  }
  function tell(): void {
    if (left > 0) put(shown`(${counted(left, "line")} left out here, because nothing read them)`);
    left = 0;
  }
  return (line) => {
    if (out.waiting <= MOST && left === 0) return put(line);
    left++;
    if (left === 1) out.drain().then(tell, failed);
  };
}
