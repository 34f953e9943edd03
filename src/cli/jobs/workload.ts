// The workloads that can be run while something is watched.
import { errorText, TEE } from "../../abi/errors.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { EXAMPLES } from "../../tee/apps/examples.ts";
import { HELLO_WORLD, HELLO_WORLD_UUID, helloWorld } from "../../tee/apps/hello_world.ts";
import { KEEP_ALIVE_UUID, keepAlive } from "../../tee/apps/keep_alive.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../../tee/apps/leaky.ts";
import type { Client } from "../../tee/kernel/client.ts";
import { type Params, params, valueIn, valueInOut } from "../../tee/kernel/params.ts";
import type { TrustedApp } from "../../tee/utee/trusted_app.ts";
import { PROGRAMS } from "../examples/programs.ts";
import { suggest } from "../outputs/nearest.ts";

/** A client program that runs while something is watched. */
export interface Workload {
  /** The TAs that it needs. */
  readonly apps: readonly TrustedApp[];
  /** Runs it, and closes its sessions. The error names the call that failed. */
  run(client: Client): Promise<Result<void>>;
}

type Make = (args: readonly string[]) => Result<Workload>;

/** What the words after `--` can be. */
export const WORKLOADS: Readonly<Record<string, { readonly usage: string; readonly make: Make }>> = {
  run: {
    usage: "run NAME [ARGS]           one of the examples of 'teemem run --list'",
    make: example,
  },
  leaky: {
    usage: "leaky [CALLS [BYTES]]     leaks BYTES (100) in each of CALLS (3) calls",
    make: ([calls, bytes]) =>
      withNumbers([calls, bytes], [3, 100], ([count = 0, size = 0]) => ({
        apps: [leaky],
        run: (client) => calling(client, LEAKY_UUID, count, LEAKY.LEAK, () => params(valueIn(size))),
      })),
  },
  hello_world: {
    usage: "hello_world [CALLS]       adds 1 in each of CALLS (1) calls",
    make: ([calls]) =>
      withNumbers([calls], [1], ([count = 0]) => ({
        apps: [helloWorld],
        run: (client) => calling(client, HELLO_WORLD_UUID, count, HELLO_WORLD.INC_VALUE, () => params(valueInOut(42))),
      })),
  },
  keep_alive: {
    usage: "keep_alive [CALLS]        a TA that stays loaded, with its library's memory",
    make: ([calls]) =>
      withNumbers([calls], [1], ([count = 0]) => ({
        apps: [keepAlive],
        run: (client) => calling(client, KEEP_ALIVE_UUID, count, 0, () => params()),
      })),
  },
};

/** Reads the words after `--`. The error says what is possible. */
export function parseWorkload(words: readonly string[]): Result<Workload> {
  const [name, ...args] = words;
  const names = Object.keys(WORKLOADS);
  if (name === undefined) return err(`nothing to run: add -- and one of ${names.join(", ")}`);
  const entry = Object.hasOwn(WORKLOADS, name) ? WORKLOADS[name] : undefined;
  if (entry === undefined) {
    return err(`unknown workload '${clip(name)}'${suggest(name, names) || `; known: ${names.join(", ")}`}`);
  }
  return entry.make(args);
}

/** The client program of an example, without what it prints. */
function example([name, ...args]: readonly string[]): Result<Workload> {
  const names = PROGRAMS.map((program) => program.name);
  const short = name?.replace(/^optee_example_/, "");
  const program = PROGRAMS.find((candidate) => candidate.name === short);
  if (program === undefined) return err(`unknown example '${clip(name ?? "")}'; known: ${names.join(", ")}`);
  const prepared = program.prepare(args);
  if (!prepared.ok) return err(`${prepared.error}; it is 'run ${`${program.name} ${program.usage}`.trimEnd()}'`);
  const own = EXAMPLES.filter(({ uuid }) => uuid === program.uuid);
  const others = EXAMPLES.filter(({ uuid }) => uuid !== program.uuid);
  return ok({
    apps: [...own, ...others],
    async run(client) {
      try {
        return await prepared.value(client, () => {});
      } finally {
        await client.end();
      }
    },
  });
}

function withNumbers(
  texts: readonly (string | undefined)[],
  usual: readonly number[],
  make: (numbers: readonly number[]) => Workload,
): Result<Workload> {
  const wrong = texts.find((text) => text !== undefined && !/^\d{1,9}$/.test(text));
  if (wrong !== undefined) return err(`'${clip(wrong)}' is no number`);
  return ok(make(texts.map((text, n) => (text === undefined ? (usual[n] ?? 0) : Number(text)))));
}

/** One session with so many calls of one command. */
async function calling(
  client: Client,
  uuid: string,
  calls: number,
  command: number,
  given: () => Params,
): Promise<Result<void>> {
  try {
    const { session, code } = await client.open(uuid);
    if (code !== TEE.SUCCESS) return err(`opening a session failed with ${errorText(code)}`);
    for (let n = 1; n <= calls; n++) {
      const invoked = await client.invoke(session, command, given());
      if (invoked.code !== TEE.SUCCESS) return err(`call ${n} of ${calls} failed with ${errorText(invoked.code)}`);
    }
    return ok(undefined);
  } finally {
    await client.end();
  }
}
