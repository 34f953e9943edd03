// @ts-check
// Builds the clients: those of optee_examples, and xtest.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { run, why } from "./programs.js";
import { inCache } from "./trees.js";

/** libteec's headers and libckteec. @param {import("./trees.js").Trees} trees @param {import("./table.js").Table} table */
function installClient({ client, work }, table) {
  if (client === undefined) {
    table.add("clients", "skipped", "no --optee-client");
    return undefined;
  }
  const to = join(work, "client");
  if (existsSync(join(to, "include"))) return to;
  const build = join(work, "client-build");
  const made = [
    "-S",
    client,
    "-B",
    build,
    `-DCMAKE_INSTALL_PREFIX=${to}`,
    "-DCMAKE_INSTALL_LIBDIR=lib",
    "-DBUILD_SHARED_LIBS=ON",
    "-DCMAKE_C_FLAGS=-Wno-error",
  ];
  for (const words of [made, ["--build", build, "-j", "2", "--target", "install"]]) {
    const ended = run("cmake", words);
    if (ended.ok) continue;
    // Its supplicant wants libraries that nothing here needs; what was built before stays.
    table.add("build of optee_client", "failed", why(ended));
    return undefined;
  }
  return to;
}

/** Paths of the examples' clients. @param {import("./trees.js").Trees} trees @param {import("./table.js").Table} table */
export function buildExamples(trees, table) {
  const { examples } = trees;
  if (examples === undefined) {
    table.add("optee_examples", "skipped", "no --optee-examples");
    return [];
  }
  const client = installClient(trees, table);
  if (client === undefined) return [];
  return readdirSync(examples).flatMap((name) => {
    const folder = join(examples, name, "host");
    if (!existsSync(join(folder, "Makefile"))) return [];
    const built = run("make", ["-C", folder, "CROSS_COMPILE=", `TEEC_EXPORT=${client}`]);
    const program = join(folder, `optee_example_${name}`);
    if (built.ok && existsSync(program)) return [program];
    table.add(`build of the client of ${name}`, "failed", why(built));
    return [];
  });
}

/** Path of xtest. @param {import("./trees.js").Trees} trees @param {import("./table.js").Table} table */
export function buildXtest(trees, table) {
  if (trees.test === undefined) {
    table.add("xtest", "skipped", "no --optee-test");
    return undefined;
  }
  const client = installClient(trees, table);
  if (client === undefined) return undefined;
  const build = join(trees.work, "xtest-build");
  const program = join(build, "host/xtest/xtest");
  if (existsSync(program)) return program;
  const kit = inCache(trees, "ta/kits", "");
  if (kit === undefined) {
    table.add("build of xtest", "failed", "no TA was built, so there is no kit");
    return undefined;
  }
  const made = [
    ["-S", trees.test, "-B", build, `-DOPTEE_TEST_SDK=${kit}`],
    [
      `-DCMAKE_PREFIX_PATH=${client}`,
      `-DCMAKE_C_FLAGS=-I${client}/include -Wno-error`,
      `-DCMAKE_CXX_FLAGS=-I${client}/include`,
    ],
    ["EXE", "SHARED"].map((kind) => `-DCMAKE_${kind}_LINKER_FLAGS=-L${client}/lib -Wl,-rpath-link,${client}/lib`),
  ].flat();
  for (const words of [made, ["--build", build, "-j", "2"]]) {
    const ended = run("cmake", words);
    if (ended.ok || existsSync(program)) continue;
    table.add("build of xtest", "failed", why(ended));
    return undefined;
  }
  return existsSync(program) ? program : undefined;
}
