// `teemem doctor --on BOARD [-- CMD…]`: the check list of a board, and what a failing command did to its pools.

import { TEE } from "../../abi/errors.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import { completed } from "../../analyze/triage/failure.ts";
import { type Meanwhile, meanwhile, refusedMeanwhile } from "../../analyze/triage/meanwhile.ts";
import { triage, type Verdict } from "../../analyze/triage/triage.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import { createContentReader } from "../../recording/text_content.ts";
import { type RanAround, runAround } from "../../source/board/around_command.ts";
import type { BoardToExamine, Examined } from "../../source/board/check_step.ts";
import { type CheckedStep, checkup } from "../../source/board/checkup.ts";
import { hearLines, LIST_WAIT } from "../../source/console/heard_lines.ts";
import { drawPoolChanges, drawStep } from "../../view/terminal/check_list.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { drawSymptoms, drawVerdicts } from "../../view/terminal/triage_text.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import { outcomeOf } from "../../xtest/facts/codes.ts";
import { splitLines } from "../../xtest/fault.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { DoctorBoardJson } from "../schemas/doctor.ts";
import type { ElfFiles } from "../systems/elf_files.ts";
import { interruptible } from "../systems/signals.ts";
import { drawStacks, resolveStacks, type ShownStack } from "./doctor_stacks.ts";

interface DoctorForm {
  readonly json?: boolean;
  readonly all?: boolean;
}

/** A board, and the programs that its call stacks are looked up in. */
interface BoardWithElves extends BoardToExamine {
  readonly elves: ElfFiles;
}

/** A command that ran, and what it tells. */
interface Ran {
  readonly line: string;
  readonly around: RanAround;
  readonly pools: readonly Meanwhile[];
  readonly symptoms: Symptoms;
}

/** Examines a board; with words runs them there, too. Exit code 1 where anything is missing, failed or was found. */
export async function doctorBoard(
  name: string,
  board: BoardWithElves,
  words: readonly string[],
  form: DoctorForm,
  io: Io,
): Promise<CommandResult> {
  const paint = createPaint(io.out);
  const say = (line: Printable): void => void (form.json !== true && io.out.write(shown`${line}\n`));
  const console = await board.console?.();
  if (console?.ok === false) return console;
  const feed = console?.value;
  const heard = feed === undefined ? {} : { heard: hearLines(feed) };
  const found: Examined = { ...board, ...heard, refused: [], notUnderstood: "" };
  try {
    say(paint.bold(printable(name)));
    const steps: CheckedStep[] = [];
    await interruptible(async (signal) => {
      for await (const step of checkup(found, signal)) {
        steps.push(step);
        say(drawStep(step, paint));
        // A step may take its time; those before it are to be seen.
        await io.out.flush();
      }
    });
    say(BLANK);
    const ran = words.length === 0 ? ok(undefined) : await runCommand(found, words, io);
    const done = ran.ok ? ran.value : undefined;
    const { verdicts, symptoms } = conclude(found, done);
    const resolved = await resolveStacks(symptoms.console, board.elves, io);
    const stacks = resolved.ok ? resolved.value : [];
    const wrong = steps.filter(({ state }) => state === "failed").length;
    if (form.json === true) io.out.writeData(jsonOf(name, steps, verdicts, done, stacks));
    else
      for (const line of [
        ...(done === undefined ? [] : drawRan(done, symptoms, paint)),
        ...drawVerdicts(verdicts, form.all === true, paint),
        ...drawStacks(stacks, paint),
        ...(verdicts.length === 0 ? [closing(steps, done, paint), BLANK] : []),
      ])
        say(line);
    for (const one of [ran, resolved]) if (!one.ok) io.err.write(shown`teemem: ${printable(one.error)}\n`);
    if (found.notUnderstood !== "") return err(printable(found.notUnderstood));
    const ended = done?.around.ended;
    const failed = ended !== undefined && !(ended.ok && ended.value.code === 0);
    return ok(wrong > 0 || verdicts.length > 0 || !ran.ok || !resolved.ok || failed ? 1 : 0);
  } finally {
    found.heard?.stop();
    await found.shell?.[Symbol.asyncDispose]();
    await feed?.[Symbol.asyncDispose]();
  }
}

/** Runs it between two looks at the pools. The error says why it did not run. */
async function runCommand(found: Examined, words: readonly string[], io: Io): Promise<Result<Ran>> {
  const { board, pools, heard } = found;
  if (board === undefined || pools === undefined)
    return err(`'${printable(words.join(" "))}' was not run: without statistics nothing could be said of it`);
  const line = words.length === 1 ? (words[0] ?? "") : words.map(shellWord).join(" ");
  io.err.write(shown`teemem: '${printable(line)}' runs on the board; Ctrl-C ends it\n`);
  await Promise.all([io.out.flush(), io.err.flush()]);
  const said = heard?.lines().length ?? 0;
  const ran = await interruptible((signal) => runAround(board, line, signal));
  if (!ran.ok) return err(ran.error.text);
  const { before, after, ended } = ran.value;
  const reader = createContentReader(line);
  const output = ended.ok ? ended.value.output : new Uint8Array();
  reader.push(output);
  // What the secure console said of it tells more than its code.
  await heard?.settled(LIST_WAIT);
  for (const one of heard?.lines().slice(said) ?? []) reader.push(new TextEncoder().encode(`\n${one}`));
  const { console, refused } = reader.end();
  const changed = after.ok ? meanwhile(before, after.value) : [];
  const known = changed.map(({ during }) => during);
  const symptoms = withLastCode(completed({ console, refused, ...(after.ok ? { pools: known } : {}) }), output);
  return ok({ line, around: ran.value, pools: changed, symptoms });
}

/** A code that is not of memory tells, too, where it is the last one of the output: a full core heap can show as SECURITY. */
function withLastCode(symptoms: Symptoms, output: Uint8Array): Symptoms {
  if (symptoms.code !== undefined) return symptoms;
  const outcomes = splitLines(new TextDecoder().decode(output)).map(outcomeOf);
  const { code, origin } = outcomes.findLast((one) => one.code !== undefined && one.code !== TEE.SUCCESS) ?? {};
  if (code === undefined) return symptoms;
  return { ...symptoms, code, ...(origin === undefined ? {} : { origin }) };
}

/** All causes: what pools refused while the command ran, then what its output and the statistics speak for. */
function conclude(found: Examined, ran: Ran | undefined): { verdicts: readonly Verdict[]; symptoms: Symptoms } {
  if (ran === undefined) {
    const { pools, tas = [], refused } = found;
    const symptoms: Symptoms = { ...(pools === undefined ? {} : { pools }), tas, refused, ...heardBy(found) };
    return { symptoms, verdicts: triage(symptoms) };
  }
  const sure = refusedMeanwhile(ran.pools);
  const knobs = new Set(sure.map(({ knobs: [first] }) => first));
  const others = triage(ran.symptoms).filter((one) => !knobs.has(one.knobs[0]));
  return { symptoms: ran.symptoms, verdicts: [...sure, ...others] };
}

/** What the secure console said while the board was examined. */
function heardBy({ heard }: Examined): Pick<Symptoms, "console"> {
  if (heard === undefined) return {};
  const reader = createContentReader("");
  reader.push(new TextEncoder().encode(heard.lines().join("\n")));
  return { console: reader.end().console };
}

function drawRan({ line, around, pools }: Ran, symptoms: Symptoms, paint: Paint): Printable[] {
  const { ended, after } = around;
  const end = ended.ok
    ? shown`ended with exit code ${ended.value.code}`
    : shown`did not end: ${printable(ended.error.text)}`;
  return [
    shown`${paint.bold(printable(line))}  ${end}`,
    ...(after.ok ? drawPoolChanges(pools, paint) : [wrap(`Afterwards: ${after.error.text}`, paint, "  ")]),
    BLANK,
    ...drawSymptoms(symptoms, paint),
  ];
}

/** Where there is no cause: what that means. */
function closing(steps: readonly CheckedStep[], ran: Ran | undefined, paint: Paint): Printable {
  const wrong = steps.filter(({ state }) => state === "failed").map(({ name }) => name);
  if (ran === undefined && !steps.some(({ name, state }) => name === "statistics" && state === "ok"))
    return own("The statistics could not be read, so nothing is known of the board's memory.");
  if (ran === undefined)
    return own(
      wrong.length === 0 ? "No sign of a memory problem." : "What failed above has no other cause in the statistics.",
    );
  const { ended, after } = ran.around;
  if (!ended.ok && wrong.includes("tee-supplicant"))
    return own("A program that hangs there waits for tee-supplicant: see above.");
  if (!after.ok || !ended.ok) return own("Nothing more is known of it.");
  if (ended.value.code === 0) return own("It ended well, and no allocation failed in a pool meanwhile.");
  return wrap(
    ran.symptoms.code === undefined
      ? "No allocation failed in a pool of OP-TEE meanwhile, and no result code is in what it printed: the cause is not in these pools. The heap of a TA shows in --ta alone."
      : "No allocation failed in a pool of OP-TEE meanwhile: the cause is not in these pools. The heap of a TA shows in --ta alone.",
    paint,
  );
}

function jsonOf(
  name: string,
  steps: readonly CheckedStep[],
  verdicts: readonly Verdict[],
  ran: Ran | undefined,
  stacks: readonly ShownStack[],
): Printable {
  const command =
    ran === undefined
      ? {}
      : {
          command: {
            line: ran.line,
            ...(ran.around.ended.ok ? { exit: ran.around.ended.value.code } : { unended: ran.around.ended.error.text }),
            code: ran.symptoms.code,
            origin: ran.symptoms.origin,
            pools: ran.pools,
          },
        };
  return describedJson<DoctorBoardJson>()({ system: name, steps, ...command, verdicts, stacks }, 2);
}
