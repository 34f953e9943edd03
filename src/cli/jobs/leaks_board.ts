// `teemem leaks` on a board: the leak lists that its core prints on the secure console, listed or compared.
import { setTimeout } from "node:timers/promises";
import { type LeakSnapshot, snapshotOfList } from "../../analyze/leak/snapshot.ts";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { createContentReader } from "../../recording/text_content.ts";
import type { Source, SourceError } from "../../source/source.ts";
import type { LeakList } from "../../xtest/leak_lists.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { unanswered } from "../systems/asking.ts";
import { interruptible } from "../systems/signals.ts";
import { type LeakFileOptions, leaksOfSnapshots } from "./leaks_files.ts";

/** How many lists to ask for. */
export interface ListOptions {
  readonly lists: number;
  /** Seconds. */
  readonly every: number;
}

/** Asks for the lists. Exit code 1 where none comes. Ctrl-C ends the waiting, and what came by then is shown. */
export async function leaksOfLists(
  source: Source,
  { lists, every, ...options }: LeakFileOptions & ListOptions,
  io: Io,
): Promise<CommandResult> {
  if (source.console === undefined)
    return err(`${source.name} prints leak lists on its secure console only: name that with --secure`);
  const found = await interruptible((signal) => askLists(source, lists, every * 1000, io.clock, signal));
  const { snapshots, problem } = found;
  if (snapshots.length === 0) return problem === null ? ok(1) : unanswered(source, problem, io);
  if (problem !== null) io.err.write(shown`teemem: ${printable(problem.text)}\n`);
  return leaksOfSnapshots(snapshots, options, io);
}

async function askLists(
  source: Source,
  lists: number,
  every: number,
  clock: () => number,
  signal: AbortSignal,
): Promise<{ snapshots: LeakSnapshot[]; problem: SourceError | null }> {
  const start = clock();
  const snapshots: LeakSnapshot[] = [];
  for (let n = 0; n < lists && !signal.aborted; n++) {
    const wait = start + n * every - clock();
    if (wait > 0) await setTimeout(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    const at = ((clock() - start) / 1000).toFixed(1);
    const list = await askList(source, signal);
    if (!list.ok) return { snapshots, problem: list.error };
    snapshots.push({ ...snapshotOfList(list.value, `list ${n + 1} (${at} s)`), index: n });
  }
  return { snapshots, problem: null };
}

/** The list of the core; the last one, where more came. */
async function askList(source: Source, signal: AbortSignal): Promise<Result<LeakList, SourceError>> {
  const answer = await source.ask("memleak", signal);
  if (!answer.ok) return answer;
  const lines = answer.value ?? [];
  const reader = createContentReader(source.console?.name ?? "");
  reader.push(Buffer.from(`${lines.join("\n")}\n`));
  const list = reader.end().leaks.lists.findLast(({ from }) => from === "TC");
  if (list !== undefined) return ok(list);
  const name = source.console?.name ?? "";
  if (lines.length > 0) return err({ text: `${lines.length} lines came from ${name}, but no leak list: ${SWITCH}` });
  return err({ text: `nothing came from ${name}: ${SWITCH}; or another program reads that console` });
}

const SWITCH = "the board's build needs CFG_TEE_CORE_MALLOC_DEBUG=y and CFG_TEE_CORE_LOG_LEVEL=2 or more";
