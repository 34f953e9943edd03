// Steps of the check list that ask xtest: its version, statistics, those of TAs, the time.
import { TEE } from "../../abi/errors.ts";
import { counted } from "../../base/format.ts";
import { printedRelease } from "../../release/printed_release.ts";
import { parseUsage } from "../../xtest/match.ts";
import { releaseOfReport } from "../../xtest/parse.ts";
import type { PrintedTa } from "../../xtest/stat_lines.ts";
import { NOT_UNDERSTOOD } from "./board.ts";
import { type CheckStep, found, type StepResult, unknown, wrong } from "./check_step.ts";
import { noXtest, taRisk } from "./troubles.ts";

export const XTEST_STEPS: readonly CheckStep[] = [
  {
    name: "xtest",
    after: "shell",
    async run({ board, options, shell }, signal) {
      const xtest = options.xtest ?? board?.facts.xtest ?? "";
      const none = noXtest(board?.facts ?? { ownXtest: "" });
      if (xtest === "" || shell === undefined) return wrong(none);
      const answer = await shell.run(`${xtest} --stats 2>&1`, signal === undefined ? {} : { signal });
      if (!answer.ok) return wrong(answer.error.text);
      if (answer.value.code === 127 || answer.value.code === 126) return wrong(none);
      // It prints the path by which it was called.
      const text = new TextDecoder().decode(answer.value.out).replace(/^Usage: \S+ --stats/m, "Usage: xtest --stats");
      const usage = parseUsage(text);
      if (!usage.ok) return unknown(`${xtest} prints a usage that no known release has`);
      return found(`${xtest}, with the options of ${usage.value.driverInfo ? "4.1 or later" : "4.0"}`);
    },
  },
  {
    name: "statistics",
    after: "xtest",
    async run(examined, signal) {
      const answer = await examined.board?.ask("alloc", signal);
      if (answer === undefined) return wrong("no board");
      if (!answer.ok) {
        const { failure, text } = answer.error;
        if (failure !== undefined) examined.refused.push(failure);
        if (text.startsWith(NOT_UNDERSTOOD)) examined.notUnderstood = text;
        return wrong(text);
      }
      const pools = answer.value.printed;
      examined.pools = pools;
      const used = pools.filter(({ size }) => size !== 0).length;
      return found(
        `${counted(pools.length, "pool")}, ${used} in use: as OP-TEE ${printedRelease(releaseOfReport(pools))} prints them`,
      );
    },
  },
  {
    name: "of TAs",
    after: "statistics",
    async run(examined, signal) {
      const now = await examined.board?.look(signal);
      const risk = now?.ok === true ? taRisk(now.value) : "";
      if (risk !== "" && examined.options.ta !== true) return unknown(risk);
      const answer = await examined.board?.ask("ta", signal);
      if (answer === undefined) return wrong("no board");
      if (answer.ok) {
        examined.tas = answer.value.printed;
        return tasResult(answer.value.printed);
      }
      const { failure, text } = answer.error;
      if (failure?.code === TEE.ITEM_NOT_FOUND && failure.call === "TEEC_InvokeCommand") {
        examined.tas = [];
        return found("answered: no TA is loaded");
      }
      if (failure !== undefined) examined.refused.push(failure);
      return wrong(failure?.code === TEE.NOT_SUPPORTED ? "needs CFG_TA_STATS=y in the core's build" : text);
    },
  },
  {
    name: "time",
    after: "statistics",
    async run({ board }, signal) {
      const answer = await board?.ask("time", signal);
      if (answer === undefined) return wrong("no board");
      if (!answer.ok) return wrong(answer.error.text);
      const { ree, tee } = answer.value.printed;
      const up = Math.floor(answer.value.uptime / 1000);
      const date = new Date(ree.seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
      return found(`OP-TEE runs for ${tee.seconds} s, Linux for ${up} s; the board's date is ${date} UTC`);
    },
  },
];

/** Zeros of a TA with a session: its own build lacks the statistics, or it was busy. */
function tasResult(tas: readonly PrintedTa[]): StepResult {
  const zeros = tas.filter(({ sessions = 0, heap }) => sessions > 0 && heap.size === 0);
  if (zeros.length === 0) return found(`${tas.length} loaded`);
  const which = zeros.map(({ uuid }) => uuid.slice(0, 8)).join(", ");
  return wrong(
    `${tas.length} loaded, but ${which} shows zeros: it was built with a kit without CFG_TA_STATS=y, or was busy at that moment`,
  );
}
