// The templates for CI in deploy/ci, run as GitHub, GitLab and Jenkins run them, on a copy of the TA of examples/ta.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { runBin } from "./cli.ts";
import { problemOf } from "./regexes.ts";
import { createBench, PROJECT } from "./support/ci/bench.ts";
import { runAction } from "./support/ci/github_action.ts";
import { matchersIn, problemsIn } from "./support/ci/problem_matcher.ts";
import { runShell } from "./support/ci/shell_step.ts";
import { needPrograms } from "./support/needs.ts";

const CI = join(PROJECT, "deploy/ci");
const AES = join(PROJECT, "data/optee-4.0.0/ta-5dbac793-f574-4871-8ad3-04331ec17f24.trace.gz");
const TIMEOUT = 180_000;
const folder = mkdtempSync(join(tmpdir(), "teemem-ci-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { settings, project } = createBench(folder);

function text(...parts: readonly string[]): string {
  return readFileSync(join(...parts), "utf8");
}

describe("GitHub", () => {
  const action = join(CI, "github");
  const github = { token: "secret", "event.pull_request.number": "" };

  test("a recording: a broken budget fails, with a table in the summary", async () => {
    const at = mkdtempSync(join(folder, "recorded-"));
    writeFileSync(join(at, "budget.yaml"), "heaps: { ta-*: { peak: 1 } }\n");
    const inputs = { budget: "budget.yaml", recording: AES };
    const ran = await runAction({ folder: at, action, inputs, env: settings(at), github });
    expect([ran.failed, ran.used]).toEqual([true, []]);
    expect(ran.summary).toMatch(
      /^<!-- teemem memory -->\n<!-- teemem check -->\n### Memory budgets: 1 of 1 limit broken\n\n\|/,
    );
    expect(ran.log).toContain("::error file=budget.yaml,line=1,title=Memory budget%3A ta-5dbac793");
    expect(text(at, "memory-reports/budgets.xml")).toContain('failures="1"');
    writeFileSync(join(at, "budget.yaml"), "heaps: { ta-*: { peak: 90 % } }\n");
    const kept = await runAction({ folder: at, action, inputs, env: settings(at), github });
    expect([kept.failed, kept.summary]).toEqual([false, expect.stringContaining("1 limit kept")]);
  });

  test("a Node.js that is too old is replaced", async () => {
    const at = mkdtempSync(join(folder, "old-"));
    const old = join(at, "old");
    mkdirSync(old);
    writeFileSync(join(old, "node"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(old, "node"), 0o755);
    const env = settings(at);
    const inputs = { recording: AES };
    const ran = await runAction({ folder: at, action, inputs, env: { ...env, PATH: `${old}:${env.PATH}` }, github });
    expect(ran.used).toEqual(["actions/setup-node@v4"]);
  });

  test("memory errors fail, are in all reports, and annotate their lines", { timeout: TIMEOUT }, async (context) => {
    const at = project(context, "90 %");
    const env = settings(at);
    expect((await runShell("make -C host", { folder: at, env, shell: ["sh"] })).code).toBe(0);
    const inputs = {
      budget: "budget.yaml",
      ta: "ta",
      command: "host/bugs level bad",
      memcheck: "true",
      comment: "true",
    };
    const pull = { token: "secret", "event.pull_request.number": "7" };
    const around = { ...env, GITHUB_REPOSITORY: "us/ours" };
    const ran = await runAction({ folder: at, action, inputs, env: around, github: pull });
    expect(ran.failed, ran.log).toBe(true);
    expect(ran.summary).toContain("### Memory budgets: 1 limit kept\n");
    expect(ran.summary).toContain("### Memory errors: 1 finding\n");
    const { results } = JSON.parse(text(at, "memory-reports/memcheck.sarif")).runs[0];
    const place = results[0].locations[0].physicalLocation;
    expect(place.artifactLocation.uri).toBe("ta/tables.c");
    expect(text(at, "memory-reports/memcheck.xml")).toContain('failures="1"');
    for (const name of ["run.html", "run.arrows"]) expect(existsSync(join(at, "memory-reports", name))).toBe(true);
    const [finding, leak] = matchersIn(join(action, "matchers/findings.json"));
    if (finding === undefined || leak === undefined) throw new Error("no matchers");
    // Between the commands that add the matchers and take them away.
    const [, watched = ""] =
      /::add-matcher::\S+findings\.json\n(.*)::remove-matcher owner=teemem-finding::\n/s.exec(ran.log) ?? [];
    expect(problemsIn(watched, finding)).toEqual([
      `error ta/tables.c:${place.region.startLine} Invalid read of size 4`,
    ]);
    expect(problemsIn(watched, leak)).toEqual([]);
    expect(text(at, "calls").split("\n")).toEqual([
      expect.stringContaining("gh api --paginate repos/us/ours/issues/7/comments --jq "),
      "gh api --method POST repos/us/ours/issues/7/comments -F body=@memory-reports/summary.md --silent",
      "",
    ]);
    // The next push changes that comment.
    await runAction({ folder: at, action, inputs, env: { ...around, OLD_COMMENT: "42" }, github: pull });
    expect(text(at, "calls")).toContain("gh api --method PATCH repos/us/ours/issues/comments/42 -F body=@");
  });

  test("the workflow gives the action what it takes", () => {
    const { jobs } = parse(text(action, "workflow.yml"));
    const { inputs, runs } = parse(text(action, "action.yml"));
    const steps: { uses?: string; with?: object }[] = jobs.memory.steps;
    const given = steps.find(({ uses }) => uses === "./.teemem/deploy/ci/github")?.with ?? {};
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    // Every step of a composite action that runs something names its shell.
    for (const step of runs.steps) expect(step.shell ?? step.uses).toBeDefined();
  });
});

describe("problem matchers", () => {
  const all = ["findings", "budgets"].flatMap((name) => matchersIn(join(CI, `github/matchers/${name}.json`)));

  test.each(all.flatMap(({ pattern }) => pattern.map(({ regexp }) => regexp)))("/%s/ is linear", (source) => {
    expect(problemOf({ source, flags: "" })).toBe(null);
  });

  test("what check prints of broken limits", () => {
    const path = join(folder, "b.yaml");
    writeFileSync(path, "heaps:\n  ta-*:\n    peak: 1\n    failures: 0\n  ghost:\n    peak: 1\n");
    const { stdout } = runBin("teemem", ["check", path, AES], { env: { GITHUB_ACTIONS: "" } });
    const [matcher] = matchersIn(join(CI, "github/matchers/budgets.json"));
    if (matcher === undefined) throw new Error("no matcher");
    expect(problemsIn(stdout, matcher)).toEqual([
      expect.stringMatching(/^error \S+b\.yaml:3 [\d,]+ bytes too much; /),
      expect.stringMatching(/^error \S+b\.yaml:6 not known; this heap/),
    ]);
  });

  test("what exec prints of findings and leaks", () => {
    const [finding, leak] = matchersIn(join(CI, "github/matchers/findings.json"));
    if (finding === undefined || leak === undefined) throw new Error("no matchers");
    const log = `
Use after free: read of size 1, 3 times  bugs, instance 1, session 1, invoke 4
    at note_read (ta/notes.c:39)
      39 | return note[0];
    by TA_InvokeCommandEntryPoint (ta/bugs_ta.c:74)
  It was freed
    at drop (ta/notes.c:9)

40 bytes in 2 blocks lost  bugs, instance 1
  It was allocated
    at key (ta/key.c:5)

Invalid write of size 4  bugs, instance 1, session 1, invoke 2
    at ns::set(int, char) (ta/a.cpp:8)
teemem: something else
    at nothing (ta/b.c:1)
`;
    expect(problemsIn(log, finding)).toEqual([
      "error ta/notes.c:39 Use after free: read of size 1, 3 times",
      "error ta/a.cpp:8 Invalid write of size 4",
    ]);
    expect(problemsIn(log, leak)).toEqual(["warning ta/key.c:5 40 bytes in 2 blocks lost"]);
  });
});

/** What GitLab's API is asked; it knows one note. */
async function gitlabApi(notes: readonly object[]): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request
      .on("data", (part) => parts.push(part))
      .on("end", () => {
        const body = new URLSearchParams(Buffer.concat(parts).toString()).get("body") ?? "";
        asked.push(`${request.method} ${request.url} ${request.headers["private-token"]} ${body.split("\n")[0]}`);
        response.end(JSON.stringify(request.method === "GET" ? notes : {}));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`, asked };
}

describe("GitLab", () => {
  const template = parse(text(CI, "gitlab/template.yml")).memory;
  const shell = ["sh", "-e"];

  test("the job runs, and its reports are where the template says", { timeout: TIMEOUT }, async (context) => {
    needPrograms(context, "curl", "curl");
    const at = project(context, "90 %");
    const api = await gitlabApi([{ id: 5, body: "other" }]);
    const env = {
      ...settings(at),
      ...template.variables,
      MEMORY_COMMAND: "host/bugs level bad",
      CI_API_V4_URL: api.url,
      CI_PROJECT_ID: "3",
      CI_MERGE_REQUEST_IID: "9",
      MEMORY_TOKEN: "secret",
    };
    const script = [...template.before_script, ...template.script].join("\n");
    const { code, text: log } = await runShell(script, { folder: at, env, shell });
    expect(code, log).toBe(1);
    const after = await runShell(template.after_script.join("\n"), { folder: at, env, shell });
    expect([after.code, after.text]).toEqual([0, ""]);
    const { codequality } = template.artifacts.reports;
    const [issue, ...more] = JSON.parse(text(at, codequality));
    expect(issue).toEqual({
      description: expect.stringContaining("global variable names of 32 bytes"),
      check_name: "invalid-read",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: "critical",
      location: { path: "ta/tables.c", lines: { begin: expect.any(Number) } },
    });
    expect(more).toEqual([]);
    for (const name of ["budgets.xml", "memcheck.xml"]) expect(existsSync(join(at, "memory-reports", name))).toBe(true);
    const notes = "/api/v4/projects/3/merge_requests/9/notes";
    expect(api.asked).toEqual([`GET ${notes}?per_page=100 secret `, `POST ${notes} secret <!-- teemem memory -->`]);
  });

  test("a note is changed from run to run, and not written without a token", async (context) => {
    needPrograms(context, "curl", "curl");
    const api = await gitlabApi([
      { id: 5, body: "other" },
      { id: 6, body: "<!-- teemem memory -->\n…" },
    ]);
    writeFileSync(join(folder, "s.md"), "<!-- teemem memory -->\nnew\n");
    const env = { ...settings(folder), CI_API_V4_URL: api.url, CI_PROJECT_ID: "3", CI_MERGE_REQUEST_IID: "9" };
    const call = `${join(CI, "gitlab/note.sh")} s.md`;
    expect(await runShell(call, { folder, env, shell })).toEqual({ code: 0, text: "" });
    expect(api.asked).toEqual([]);
    expect(await runShell(call, { folder, env: { ...env, MEMORY_TOKEN: "t" }, shell })).toEqual({ code: 0, text: "" });
    expect(api.asked[1]).toBe("PUT /api/v4/projects/3/merge_requests/9/notes/6 t <!-- teemem memory -->");
  });

  test("equal findings have fingerprints of their own, and suppressed ones are left out", async () => {
    const at = mkdtempSync(join(folder, "quality-"));
    const one = {
      ruleId: "leak",
      level: "warning",
      message: { text: "lost" },
      locations: [{ physicalLocation: { artifactLocation: { uri: "ta/a%20b.c" }, region: { startLine: 3 } } }],
      partialFingerprints: { a: "x" },
    };
    const results = [one, one, { ...one, suppressions: [{ kind: "external" }] }, { ...one, locations: [] }];
    writeFileSync(join(at, "a.sarif"), JSON.stringify({ runs: [{ results }] }));
    await runShell(`node ${join(CI, "gitlab/code_quality.mjs")} .`, { folder: at, env: settings(at), shell });
    const issues = JSON.parse(text(at, "code_quality.json"));
    expect(issues).toHaveLength(2);
    expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
    expect(issues[0].location).toEqual({ path: "ta/a b.c", lines: { begin: 3 } });
  });
});

test("Jenkins: the steps of the pipeline run", { timeout: TIMEOUT }, async (context) => {
  const at = project(context, "90 %");
  const file = text(CI, "Jenkinsfile");
  const variables = Object.fromEntries(
    [...file.matchAll(/^ {4}(MEMORY_\w+) = '([^']*)'$/gm)].map(([, k, v]) => [k, v]),
  );
  const steps = [...file.matchAll(/^ +sh '([^']*)'$/gm)].map(([, step = ""]) => step);
  expect(steps).toHaveLength(4);
  const env = { ...settings(at), ...variables, MEMORY_COMMAND: "host/bugs median" };
  for (const step of steps) {
    const { code, text: log } = await runShell(step, { folder: at, env, shell: ["sh", "-xe"] });
    expect(code, log).toBe(0);
  }
  expect(text(at, "memory-reports/budgets.xml")).toContain('failures="0"');
  expect(text(at, "memory-reports/memcheck.xml")).toContain('name="no findings"');
});

describe("the parts that all share", () => {
  test("teemem is built and installed where it is not there", async () => {
    const at = mkdtempSync(join(folder, "install-"));
    const clone = join(at, "clone/deploy/ci");
    mkdirSync(clone, { recursive: true });
    cpSync(join(CI, "install.sh"), join(clone, "install.sh"));
    const only = join(at, "bin");
    mkdirSync(only);
    for (const name of ["npm"]) symlinkSync(join(folder, "bin", name), join(only, name));
    const env = { ...settings(at), PATH: `${only}:/usr/bin:/bin` };
    await runShell(`${join(clone, "install.sh")}`, { folder: at, env, shell: ["sh", "-e"] });
    const where = join(at, "clone");
    expect(text(at, "calls").trimEnd().split("\n")).toEqual(
      ["ci", "run build", "install -g ."].map((words) => `npm ${where} ${words}`),
    );
  });

  test("growth fails where that is asked for, and a failure counts more than a finding", async () => {
    const at = mkdtempSync(join(folder, "leaks-"));
    const list = (count: number): string =>
      `${"I/TC: buffer: 24 bytes core/mm/tee_mm.c:19\n".repeat(count)}I/TC: buffer: 96 bytes lib/libutils/isoc/bget_malloc.c:825\n`;
    writeFileSync(join(at, "loop.log"), [1, 2, 3, 4, 5, 6].map(list).join(""));
    const env = { ...settings(at), MEMORY_RECORDING: "loop.log", MEMORY_LEAKS: "true" };
    const call = join(CI, "memory.sh");
    const grew = await runShell(call, { folder: at, env, shell: ["sh", "-e"] });
    expect(grew.code, grew.text).toBe(1);
    expect(JSON.parse(text(at, "memory-reports/leaks.sarif")).runs[0].results).toHaveLength(1);
    const lost = await runShell(call, { folder: at, env: { ...env, MEMORY_BUDGET: "none.yaml" }, shell: ["sh", "-e"] });
    expect(lost.code).toBe(2);
  });
});
