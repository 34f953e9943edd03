// `teemem demo`: the one-minute tour.
import type { Command, OptionValues } from "commander";
import { asCalled } from "../../base/call_words.ts";
import { counted, grouped, percent } from "../../base/format.ts";
import { joined, own, type Printable, printable, type Shown, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { xtestStats } from "../../source/client/xtest_stats.ts";
import { systemOf } from "../../source/sim/sim_system.ts";
import { drawHeapMap } from "../../view/terminal/heap_map.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { wrap } from "../../view/terminal/wrap.ts";
import { firstRefusal, HALVED, pictureOf, rowsOf, smallPool, type Trial, tryHeap } from "../jobs/demo_story.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { choose, startRecorded } from "../systems/embedded.ts";

const MARK = "pkcs11-1007";
const KIB = 1024;

/** `teemem demo` takes no options. */
export function declare(command: Command): void {
  command.addHelpText(
    "after",
    "\nShows a recorded run of a real OP-TEE, up to the moment where an\nallocation failed on its core heap.",
  );
}

/**
 * The tour: a real workload on the embedded system, stopped at the moment where an allocation failed, and explained.
 * Long: one tour, told from the first line to the last.
 */
export async function run(_args: readonly string[], _options: OptionValues, io: Io): Promise<CommandResult> {
  const print = <T extends string>(text: Shown<T>): void => io.out.write(text);
  const paint = createPaint(io.out);
  const chosen = choose({});
  if (!chosen.ok) return chosen;
  const started = await startRecorded(chosen.value, { console: () => {}, now: Date.now });
  if (!started.ok) return started;
  const system = started.value;
  const { core, recording } = system;
  const trace = recording.core;
  const refusal = firstRefusal(trace, MARK);
  if (refusal === undefined) return err(`the recorded run has no failed request in ${MARK}`);

  const title = (text: string): void => print(shown`\n${paint.bold(printable(text))}\n`);
  const prose = (text: string): void => print(shown`${wrap(text, paint)}\n`);
  const table = (lines: readonly Printable[]): void => print(shown`${joined(lines, "\n")}\n`);

  const tests = trace.marks.filter(({ name }) => /^(regression|pkcs11)-\d+$/.test(name)).length;
  print(shown`${paint.bold("teemem demo: the memory of a real OP-TEE 4.0.0")}\n`);
  prose(
    `A running system was recorded from reset: every operation on its heaps, during six examples and ${tests} tests. ` +
      `This program replays it on a trusted OS whose allocator is OP-TEE's to the byte.`,
  );
  const boot = rowsOf(trace, trace.marks[0]?.name ?? "");
  system.playTo(boot.to);
  print(
    shown`\n  boot       ${counted(boot.to, "heap operation").padEnd(26)} ${grouped(core.heap.heap.allocated)} bytes in use\n`,
  );
  for (const { name, row } of trace.marks)
    if (row <= rowsOf(trace, MARK).from && name !== MARK) await system.playMark(name);
  system.playTo(refusal.row);
  const before = pictureOf(system);
  system.playTo(refusal.row + 1);
  print(
    shown`  tests      ${counted(refusal.row - boot.to, "heap operation").padEnd(26)} ${grouped(core.heap.heap.allocated)} bytes in use\n`,
  );
  print(shown`  ${MARK}: ${paint.red(shown`a request for ${refusal.size} bytes fails`)}; the clock stops here.\n`);

  title("$ xtest --stats --alloc");
  for (const { text } of await xtestStats(systemOf(core), ["--alloc"])) print(text);
  title("$ xtest --stats --ta");
  for (const { text } of await xtestStats(systemOf(core), ["--ta"])) print(text);

  const { holes } = before;
  const size = before.walks.reduce((sum, { pool }) => sum + pool.length, 0);
  title("Holders of the core heap at this moment");
  table(drawHolders(before.holders, paint));
  title("Heap map");
  table(before.walks.flatMap((walk) => drawHeapMap(walk, paint)));

  title("What happened");
  const rest = size - before.allocated;
  prose(
    `${refusal.func} (${refusal.place}) asked for ${grouped(refusal.size)} bytes. ` +
      `${grouped(rest)} of ${grouped(size)} bytes (${percent(rest, size)} %) were not in use, but in ${grouped(holes.count + before.walks.length)} pieces: ` +
      `${counted(holes.count, "free block")} and the pool's end mark of ${rest - holes.free} bytes. The largest free block had ` +
      `${grouped(holes.largest)} bytes: room for a request of ${grouped(holes.largestRequest)} at most. ` +
      `The heap was not full, it was fragmented. "Out of memory" does not say which.`,
  );
  title("What would have helped");
  const trials = replays(trace, size);
  table(trials.map((trial) => trialLine(trial, size, refusal.size, paint)));
  prose(conclusion(trials, size));
  prose(
    "Each line replays the whole recording in that heap. If the request that failed on the board succeeds, its block is kept until its test ends; the recording does not show what the program would have done with it. (OP-TEE's self test also makes impossible requests, for 256 MiB and with two bad alignments. They fail everywhere, as they should.)",
  );

  title("Try next");
  for (const [command, what] of NEXT) {
    const line = asCalled(`  ${command}`, io.out.called).trimStart();
    print(shown`  ${paint.green(printable(line))}\n      ${what}\n`);
  }
  return ok(0);
}

const NEXT = [
  ["teemem replay demo:core --fit best", "the same recording with best fit, mark by mark"],
  ["TEEMEM_AFTER=regression-1013 xtest --stats --alloc", "the statistics of the recorded system after another test"],
  ["teemem stats --after pkcs11-1015", "its pools as a table with bars and advice"],
] as const;

function replays(trace: Parameters<typeof tryHeap>[0], size: number): Trial[] {
  return [
    tryHeap(trace, MARK, { fit: "first", pool: size }),
    tryHeap(trace, MARK, { fit: "first", pool: size + 4 * KIB }),
    tryHeap(trace, MARK, { fit: "best", pool: size }),
    smallPool(trace, MARK, "best", 32 * KIB, size),
  ];
}

function trialLine({ fit, pool, refused, peak }: Trial, size: number, request: number, paint: Paint): Printable {
  const change =
    pool === size ? own("as built") : shown`${pool > size ? "+" : "-"}${grouped(Math.abs(pool - size))} bytes`;
  const verdict = refused > 0 ? paint.red(shown`the ${request} bytes fail`) : paint.green("passes");
  return shown`  ${shown`${fit} fit`.padEnd(9)} ${grouped(pool).padStart(8)} bytes  ${change.padEnd(14)} peak ${grouped(peak)}  ${verdict}`;
}

function conclusion(trials: readonly Trial[], size: number): string {
  const [, bigger, best, small] = trials;
  if (!bigger || !best || !small) return "";
  const parts: string[] = [];
  if (best.refused === 0) {
    parts.push("Best fit (CFG_CORE_BGET_BESTFIT=y) would have passed in the same pool");
    if (small.pool < size)
      parts.push(
        `, and even in one of ${grouped(small.pool)} bytes: one that works, found in steps of ${HALVED} bytes. 'teemem size demo:core' looks for the smallest, for this test and for the whole run`,
      );
    parts.push(". ");
  }
  if (bigger.refused === 0)
    parts.push(
      `With first fit, ${grouped(bigger.pool - size)} bytes more of CFG_CORE_HEAP_SIZE would have been enough, too.`,
    );
  return parts.join("");
}
