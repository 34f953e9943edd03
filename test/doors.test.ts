// Checks the package's entry points.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const { name, exports: all } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string } | string>>;
};
const { "./package.json": manifest, "./schemas/*": schemas, ...rest } = all;
const exports = rest as Readonly<Record<string, { readonly types: string; readonly default: string }>>;
/** The folder in src of a door. */
const folderOf = (door: string): string => (door === "." ? "library" : door.slice(2));

/** Runs a program that imports the built package by its name, as its users do. */
function use(program: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    encoding: "utf8",
  });
  expect([stderr, status]).toEqual(["", 0]);
  return stdout.trim();
}

describe("the package's doors", () => {
  it("are all the index.ts there are", () => {
    const folders = readdirSync(`${root}src`).filter((folder) => existsSync(`${root}src/${folder}/index.ts`));
    expect(Object.keys(exports).map(folderOf).sort()).toEqual(folders.sort());
    for (const [door, { types }] of Object.entries(exports)) expect(types).toBe(`./dist/${folderOf(door)}/index.d.ts`);
  });

  it("have the manifest beside them, for tools that read it", () => {
    expect(manifest).toBe("./package.json");
    const program = 'import { createRequire } from "node:module"; const load = createRequire(process.cwd() + "/x.js");';
    expect(use(`${program} console.log(load("${name}/package.json").name)`)).toBe(name);
  });

  it("have the schemas of what commands print beside them", () => {
    expect(schemas).toBe("./docs/schemas/*");
    const program = 'import schema from "teemem/schemas/stats.schema.json" with { type: "json" };';
    expect(use(`${program} console.log(schema.title)`)).toBe("teemem stats --json");
  });

  it.each(Object.keys(exports))("%s opens by its name, with types, and gives what its source names", async (door) => {
    const paths = exports[door];
    expect(existsSync(`${root}${paths?.types}`), `${paths?.types}: run 'npm run build' first`).toBe(true);
    const names = use(`console.log(Object.keys(await import("${name}${door.slice(1)}")).sort().join())`);
    const source = (await import(`../src/${folderOf(door)}/index.ts`)) as object;
    expect(names.split(",")).toEqual(Object.keys(source).sort());
    expect(names).not.toBe("");
  });

  it("are the only ones", () => {
    expect(use(`await import("teemem/cli").catch(({ code }) => console.log(code))`)).toBe(
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    );
  });
});

it("with them alone a program serves a TEE, calls it and hears what happens inside", () => {
  const program = `
    import { mkdtempSync, rmSync } from "node:fs";
    import { tmpdir } from "node:os";
    import { join } from "node:path";
    import { boot, createMonitor, EXAMPLES, params } from "teemem/tee";
    import { defaultPlatform } from "teemem/platform";
    import { connectDaemon, createEventDecoder, startDaemon } from "teemem/daemon";
    import { sourceOf } from "teemem/source";
    import { poolAdvice } from "teemem/analyze";
    import { SUBSCRIBE } from "teemem/wire";
    const folder = mkdtempSync(join(tmpdir(), "teemem-door-"));
    const value = (result) => { if (!result.ok) throw new Error(JSON.stringify(result.error)); return result.value; };
    const core = value(boot({ platform: defaultPlatform() }, { console() {}, now: Date.now, apps: EXAMPLES }));
    const daemon = value(await startDaemon(core, join(folder, "tee.sock")));
    const connection = value(await connectDaemon(daemon.path));
    const watch = createMonitor({ ta: "hello_world" });
    connection.subscribe(SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, createEventDecoder(watch.feed).feed);
    const { client } = connection;
    const { session } = await client.open(EXAMPLES.find(({ name }) => name === "hello_world").uuid);
    await client.invoke(session, 0, params({ type: "value", direction: "inout", value: { a: 41, b: 0 } }));
    await client.close(session);
    const source = sourceOf({ name: "mine", ...connection, client });
    const { pools } = value(await source.ask("alloc"));
    console.log(watch.records.map(({ entry }) => entry).join(), pools[0].name, poolAdvice(pools[0]) !== "");
    await connection[Symbol.asyncDispose]();
    await daemon.end();
    rmSync(folder, { recursive: true });`;
  expect(use(program)).toBe("create,open,invoke,close,destroy Heap true");
});
