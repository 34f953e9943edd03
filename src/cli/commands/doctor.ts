// `teemem doctor`: which pool failed and which build option sets it.
import type { Command } from "commander";
import { type RequestRoom, requestRoom } from "../../analyze/request_room.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import { completed } from "../../analyze/triage/failure.ts";
import { notesOn } from "../../analyze/triage/notes.ts";
import { taMemory } from "../../analyze/triage/ta_memory.ts";
import { triage, type Verdict } from "../../analyze/triage/triage.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { TextSummary } from "../../recording/text_summary.ts";
import type { Question, Source, SourceError } from "../../source/source.ts";
import { beside, isNarrow } from "../../view/terminal/narrow.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import {
  drawNotes,
  drawRoom,
  drawSymptoms,
  drawTaMemory,
  drawVerdict,
  drawVerdicts,
} from "../../view/terminal/triage_text.ts";
import { BLANK } from "../../view/terminal/wrap.ts";
import { sizesOf, type TaDump } from "../../xtest/ta_dump.ts";
import { type DoctorOptions, readSymptoms, unreadIn } from "../inputs/doctor_inputs.ts";
import { inputWord } from "../inputs/open_input.ts";
import { inputProblem } from "../inputs/read_input.ts";
import { doctorBoard } from "../jobs/doctor_board.ts";
import { type Checked, checkSystem, type SystemCheck } from "../jobs/doctor_checks.ts";
import { withHeard } from "../jobs/doctor_console.ts";
import { checkRecording } from "../jobs/doctor_recording.ts";
import { drawStacks, resolveStacks } from "../jobs/doctor_stacks.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { writeReadNote } from "../outputs/read_note.ts";
import type { DoctorJson, DoctorSystemJson } from "../schemas/doctor.ts";
import { ask, titleOf, unanswered } from "../systems/asking.ts";
import { type ElfFiles, elfFiles } from "../systems/elf_files.ts";
import { EMBEDDED_ONLY, type SystemOptions } from "../systems/setting.ts";
import { openSource, toExamine } from "../systems/sources.ts";
import { systemOptions } from "../systems/system_options.ts";

interface Options extends SystemOptions, DoctorOptions {
  readonly elf?: string;
  readonly taElf?: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Names the pool that failed and the build option that sets it, how sure that is,
and how to make certain. Give it a result code and its origin, the log of the
secure console, the output of the board's 'xtest --stats'. Without arguments it
queries a running system, and lists the statistics that its build lacks.

Examples:
  teemem doctor --error 0xffff000c --origin 3 --log console.log
  teemem doctor --error 0xffff000c --origin 4 --call TEE_AllocateOperation
  teemem doctor --error TEE_ERROR_OUT_OF_MEMORY --stats after.txt \\
    --tried TA_DATA_SIZE,CFG_TZDRAM_SIZE
  teemem doctor --stats zeros.txt
                                 why a board's 'xtest --stats --ta' shows
                                 zeros, or 0xffff000a
  teemem doctor --missing leaks --log console.log
  teemem doctor console.log xtest.out
                                 texts without an option: their bytes tell
                                 what they are
  teemem doctor --log abort.log  the memory of a TA that panicked or aborted
  teemem doctor                  check the daemon of 'teemem boot', or the
                                 embedded system
  teemem doctor --on file:run.arrows
                                 the failed requests of a recording, and why
  teemem doctor --on ssh://root@board
                                 goes through a board step by step
  teemem doctor --on ssh://root@board -- xtest 1013
                                 runs a command there that fails, and says in
                                 which pool an allocation failed meanwhile

'seen in' names public threads: #6596 is one of OP-TEE/optee_os, test#580 of
OP-TEE/optee_test, client#322 of OP-TEE/optee_client.

Exit code 1: a cause was found, or something is missing.
`;

/** Options and examples of `teemem doctor`. */
export function declare(command: Command): void {
  command
    .argument("[FILE...]", "logs and outputs of any kind; on a board: after -- the command that fails there")
    .option("--error <code>", "result code: 0xffff000c, -65524, TEE_ERROR_OUT_OF_MEMORY, CKR_DEVICE_MEMORY, ENOMEM …")
    .option("--origin <number>", "origin of the code: 1 client library, 2 driver, 3 TEE, 4 TA")
    .option("--call <function>", "function that failed: TEEC_OpenSession, TEE_Malloc, TEE_AllocateOperation …")
    .option("--tried <options>", "build options that were raised without effect, separated by commas", collect)
    .option("--log <file>", "log of the secure console")
    .option("--stats <file>", "output of the board's 'xtest --stats', taken after the failure")
    .option("--missing <what>", "what the log lacks: 'leaks'")
    .option("--elf <file>", "tee.elf, to look up call stacks of the core; or a name of boards.yaml")
    .option("--ta-elf <file>", "the same of a TA; may be repeated", collect)
    .option("--all", "show the less likely causes, too")
    .option("--json", "print the answers as JSON: see 'teemem schema doctor'")
    .addHelpText("after", EXAMPLES);
  systemOptions(command, "on", "secure", "taStats", "after", "cfg", "optee", "profile");
}

/** Says what failed and what to set; or checks a system. */
export async function run(words: readonly string[], options: Options, io: Io): Promise<CommandResult> {
  const board = options.on === undefined ? undefined : await toExamine(options.on, { options, env: process.env, io });
  if (words.length > 0 && options.on !== undefined && board === undefined)
    return err("a command to run needs a board: --on ssh://BOARD -- COMMAND; texts need no --on");
  const { error, origin, call, log, stats, missing } = options;
  const given = [error, origin, call, log, stats, missing].some((one) => one !== undefined);
  const files = await elfFiles(options, process.env);
  if (!files.ok) return files;
  const elves = files.value;
  // What is not needed is not read, but a mistyped name is told all the same.
  const problem = await inputProblem([elves.elf ?? [], elves.taElf].flat());
  if (problem !== null) return err(problem);
  if (!given && board !== undefined) return doctorBoard(options.on ?? "", { ...board, elves }, words, options, io);
  const told = given || words.length > 0;
  if (!told) return checkLive(options, elves, io);
  const live = ["on", ...EMBEDDED_ONLY].find((name) => Object.hasOwn(options, name));
  if (live !== undefined)
    return err(`--${live} queries a system: leave out either it or the options that describe a failure`);
  const read = await readSymptoms({ ...options, texts: words }, io);
  if (!read.ok) return read;
  const symptoms = completed(read.value);
  // What the counters do not say may have failed.
  const silent = (symptoms.pools ?? []).filter(({ failures, size }) => failures === undefined && size !== 0).length;
  const unread = silent + unreadIn(read.value.read);
  const verdicts = triage(symptoms);
  const notes = [...notesOn(symptoms), ...listNotes(read.value.read)];
  const { dumps = [] } = symptoms.console ?? {};
  const stacks = await resolveStacks(symptoms.console, elves, io);
  if (!stacks.ok) return stacks;
  if (options.json === true) {
    const { code, origin: from, call: failed, foreign } = symptoms;
    const { read: texts } = read.value;
    const answer = {
      read: texts,
      code,
      origin: from,
      call: failed,
      foreign,
      verdicts,
      notes,
      room: roomOf(symptoms),
      dumps: dumps.map(withSizes),
      stacks: stacks.value,
    };
    io.out.writeData(describedJson<DoctorJson>()(answer, 2));
  } else {
    const paint = createPaint(io.out);
    writeReadNote(read.value.read, io.out);
    const lines = [
      ...drawSymptoms(symptoms, paint),
      ...drawAnswers(verdicts, symptoms, options.all === true, paint, unread),
      ...drawNotes(notes, paint),
      ...drawRoom(symptoms, paint),
      ...drawStacks(stacks.value, paint),
      ...drawTaMemory(taMemory(dumps), paint),
    ];
    io.out.write(shown`${joined(lines, "\n")}\n`);
  }
  return ok(verdicts.length > 0 || isTold(symptoms) || unread > 0 ? 1 : 0);
}

/** A leak list is no failure: another command reads it. */
function listNotes(read: readonly TextSummary[]): string[] {
  const files = read.filter(({ leakLines }) => leakLines > 0).map(({ name }) => inputWord(name));
  if (files.length === 0) return [];
  return [
    `Leak lists are not judged here: 'teemem leaks ${files.join(" ")}' shows who holds what, and of two lists what grew.`,
  ];
}

/** A code of a failure is known. */
function isTold({ code, foreign }: Symptoms): boolean {
  return code !== undefined || foreign !== undefined;
}

/** The causes; where there are none, what that says. */
function drawAnswers(
  verdicts: readonly Verdict[],
  symptoms: Symptoms,
  all: boolean,
  paint: Paint,
  unread: number,
): Printable[] {
  if (verdicts.length > 0) return drawVerdicts(verdicts, all, paint);
  if (symptoms.clipped === true) return [own(CLIPPED), BLANK];
  const more = symptoms.pools === undefined ? "; give --stats and --log of that moment for more" : "";
  return [
    isTold(symptoms) ? shown`No pool is known to give this code${more}.` : own(unread === 0 ? NOTHING : NOTHING_READ),
    BLANK,
  ];
}

const EXAMINED: readonly Question[] = ["recording", "alloc", "ta", "memleak", "pager"];

async function checkLive(options: Options, elves: ElfFiles, io: Io): Promise<CommandResult> {
  const found = await openSource({ options, env: process.env, io, hears: true });
  if (!found.ok) return found;
  await using source = found.value;
  const { name, answers } = source;
  if (!EXAMINED.some((question) => answers.has(question))) return err(`${name} has nothing to examine`);
  const checked = await check(source);
  if (!checked.ok) return unanswered(source, checked.error, io);
  const { checks, symptoms } = checked.value;
  const verdicts = [...(checked.value.verdicts ?? []), ...triage(symptoms)];
  const room = roomOf(symptoms);
  const notes = notesOn(symptoms);
  const { dumps = [] } = symptoms.console ?? {};
  const stacks = await resolveStacks(symptoms.console, elves, io);
  if (!stacks.ok) return stacks;
  const told = symptoms.console === undefined ? {} : { dumps: dumps.map(withSizes), stacks: stacks.value };
  if (options.json === true)
    io.out.writeData(describedJson<DoctorSystemJson>()({ system: name, checks, verdicts, notes, room, ...told }, 2));
  else {
    const paint = createPaint(io.out);
    const lines = [
      paint.bold(printable(titleOf(source))),
      ...checks.map((check) => drawCheck(check, paint)),
      BLANK,
      ...(checks.every(({ well, optional }) => well || optional === true) && verdicts.length === 0
        ? [own(NOTHING), BLANK]
        : verdicts.flatMap((verdict) => drawVerdict(verdict, paint))),
      ...drawNotes(notes, paint),
      ...drawRoom(symptoms, paint),
      ...drawStacks(stacks.value, paint),
      ...drawTaMemory(taMemory(dumps), paint),
    ];
    io.out.write(shown`${joined(lines, "\n")}\n`);
  }
  return ok(verdicts.length > 0 || checks.some(({ well, optional }) => !well && optional !== true) ? 1 : 0);
}

function withSizes(dump: TaDump) {
  const { at: _at, ...told } = dump;
  return { ...told, sizes: sizesOf(dump) };
}

/** What still fits into each pool whose fragmentation is known. */
function roomOf({ pools = [] }: Symptoms): ({ readonly pool: string } & RequestRoom)[] {
  return pools.flatMap((pool) => {
    const room = requestRoom(pool);
    return room === undefined ? [] : [{ pool: pool.name, ...room }];
  });
}

async function check(source: Source): Promise<Result<Checked, SourceError>> {
  if (!source.answers.has("recording")) return ok(await withHeard(source, checkSystem));
  const recording = await ask(source, "recording");
  return recording.ok ? ok(await checkRecording(source, recording.value)) : recording;
}

function drawCheck({ name, well, text }: SystemCheck, paint: Paint): Printable {
  const head = shown`  ${well ? paint.green("yes") : paint.yellow("no ")}  ${printable(name)}`;
  if (isNarrow(paint)) return joined(beside(head, 0, text, paint), "\n");
  return shown`${head.padEnd(head.length + 18 - printable(name).length)}${printable(text)}`;
}

const NOTHING = "No sign of a memory problem.";
const NOTHING_READ = "No sign of a memory problem in what was understood; not all of it was.";
const CLIPPED =
  "No cause is certain: lines were cut at a column, and what they said is not known. Give the whole text.";

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}
