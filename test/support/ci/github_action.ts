// Runs a composite action as GitHub's runner does: the expressions that ours uses, a file of outputs and a summary for each step.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { runShell } from "./shell_step.ts";

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What surrounds the action. */
export interface ActionSurroundings {
  readonly folder: string;
  /** The folder of action.yml, as the job sees it. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** For `github.…`. */
  readonly github: Readonly<Record<string, string>>;
}

/** What became of it. */
export interface RanAction {
  readonly failed: boolean;
  readonly log: string;
  readonly summary: string;
  /** Other actions that were used. */
  readonly used: readonly string[];
}

export async function runAction({ folder, action, inputs, env, github }: ActionSurroundings): Promise<RanAction> {
  const { inputs: declared, runs } = parse(readFileSync(join(action, "action.yml"), "utf8"));
  for (const name of Object.keys(inputs)) if (!(name in declared)) throw new Error(`no input ${name}`);
  const scratch = mkdtempSync(join(folder, "runner-"));
  const outputs: Record<string, string> = {};
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(github)) values[`github.${key}`] = value;
  const lookUp = (name: string): string => values[name] ?? outputs[name] ?? throwError(`unknown: ${name}`);
  const filled = (text: string): string => text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => lookUp(name));
  for (const [name, { default: usual }] of Object.entries<{ default: string }>(declared))
    values[`inputs.${name}`] = inputs[name] ?? filled(usual);
  const [logs, used] = [[] as string[], [] as string[]];
  let [failed, summary] = [false, ""];
  for (const [n, step] of (runs.steps as Step[]).entries()) {
    if (!applies(step.if ?? "", failed, lookUp)) continue;
    if (step.uses !== undefined) used.push(step.uses);
    if (step.run === undefined) continue;
    const files = { GITHUB_OUTPUT: join(scratch, `output-${n}`), GITHUB_STEP_SUMMARY: join(scratch, `summary-${n}`) };
    for (const file of Object.values(files)) writeFileSync(file, "");
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value)]));
    const around = { ...env, ...files, ...own, GITHUB_ACTIONS: "true", GITHUB_ACTION_PATH: action };
    const { code, text } = await runShell(step.run, {
      folder,
      env: around,
      shell: ["bash", "--noprofile", "--norc", "-eo", "pipefail"],
    });
    logs.push(text);
    summary += readFileSync(files.GITHUB_STEP_SUMMARY, "utf8");
    for (const line of readFileSync(files.GITHUB_OUTPUT, "utf8").split("\n")) {
      const [key = "", value = ""] = line.split("=");
      if (key !== "") outputs[`steps.${step.id}.outputs.${key}`] = value;
    }
    failed ||= code !== 0;
  }
  return { failed, log: logs.join(""), summary, used };
}

/** `A == 'x'`, `A != 'x'` and `always()`, joined by `&&`. */
function applies(condition: string, failed: boolean, lookUp: (name: string) => string): boolean {
  const terms = condition === "" ? [] : condition.split(" && ");
  if (failed && !terms.includes("always()")) return false;
  return terms
    .filter((term) => term !== "always()")
    .every((term) => {
      const [, name = "", sign, value] = /^([\w.]+) ([!=]=) '(\w*)'$/.exec(term) ?? throwError(`unknown: ${term}`);
      return (lookUp(name) === value) === (sign === "==");
    });
}

function throwError(text: string): never {
  throw new Error(text);
}
