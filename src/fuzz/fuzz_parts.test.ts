// Tests of the fuzzer's parts: random numbers, coverage, inputs, mutation, smaller inputs, clients.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientText } from "./client_text.ts";
import { createCoverage } from "./coverage.ts";
import { bugOf } from "./crash.ts";
import {
  callOf,
  type FuzzInput,
  inputFromJson,
  inputToJson,
  isTypes,
  MOST_BYTES,
  NO_FUZZ_PARAMS,
  typesOf,
} from "./input.ts";
import { minimised } from "./minimise.ts";
import { mutated, type Words } from "./mutate.ts";
import { createRandom } from "./random.ts";

const NOTHING: Words = { dictionary: [], commands: [], signatures: [], comparisons: [] };
const START: FuzzInput = [callOf({ command: 3, types: 0x7531 & 0x7531 })];

/** Inputs that mutation makes one after the other. */
function chain(seed: number, words: Words, steps: number): FuzzInput[] {
  const random = createRandom(seed);
  const all = [START];
  for (let n = 0; n < steps; n++) all.push(mutated(random.pick(all), random, words, random.pick(all)));
  return all;
}

describe("random numbers", () => {
  test("are the same for the same seed, and others for another", () => {
    const of = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 50 }, () => random.below(1000));
    };
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
    expect(Math.max(...of(7))).toBeLessThan(1000);
    expect(new Set(of(0)).size).toBeGreaterThan(40);
  });
});

describe("coverage", () => {
  test("tells an edge that is new from another number of times, and clears the counters", () => {
    const counters = new Uint8Array(11);
    const coverage = createCoverage(counters);
    counters[9] = 1;
    expect(coverage.take()).toBe(2);
    expect([...counters]).toEqual(Array(11).fill(0));
    counters[9] = 1;
    expect(coverage.take()).toBe(0);
    counters[9] = 5;
    expect(coverage.take()).toBe(1);
    counters[9] = 7;
    expect(coverage.take()).toBe(0);
    counters[0] = 255;
    counters[9] = 130;
    expect([coverage.take(), coverage.edges, coverage.all]).toEqual([2, 2, 11]);
  });

  test("goes on in a new instance", () => {
    const first = createCoverage(Uint8Array.of(1, 0));
    first.take();
    const second = first.moved(Uint8Array.of(1, 1));
    expect([second.edges, second.take(), second.edges]).toEqual([1, 2, 2]);
  });
});

describe("inputs", () => {
  test("come back from JSON as they were, however they were changed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (seed) => {
        for (const input of chain(seed, NOTHING, 40)) {
          expect(inputFromJson(JSON.parse(JSON.stringify(inputToJson(input))))).toEqual(input);
          for (const { command, params } of input) {
            expect(command).toBeLessThan(2 ** 32);
            expect(isTypes(typesOf(params))).toBe(true);
            for (const param of params)
              if ("bytes" in param) expect(param.bytes.length).toBeLessThanOrEqual(MOST_BYTES);
          }
          expect(input.length).toBeLessThanOrEqual(16);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["nothing", []],
    ["no list", { command: 1 }],
    ["a command that is no number", [{ command: "1", params: [] }]],
    ["a negative command", [{ command: -1, params: [] }]],
    ["five parameters", [{ command: 1, params: Array(5).fill({ type: 0 }) }]],
    ["a type that is none", [{ command: 1, params: [{ type: 4 }] }]],
    ["half a byte", [{ command: 1, params: [{ type: 5, bytes: "abc" }] }]],
    ["a buffer that is too long", [{ command: 1, params: [{ type: 5, bytes: "00".repeat(MOST_BYTES + 1) }] }]],
  ])("are none: %s", (_, value) => {
    expect(inputFromJson(value)).toBeNull();
  });

  test("are changed the same for the same seed", () => {
    expect(chain(11, NOTHING, 200)).toEqual(chain(11, NOTHING, 200));
    expect(chain(11, NOTHING, 200)).not.toEqual(chain(12, NOTHING, 200));
  });

  test("get the other side of a comparison: a command, types, a word, a size, bytes", () => {
    const base: FuzzInput = [
      {
        command: 3,
        params: [
          { type: 1, a: 77, b: 0 },
          { type: 5, bytes: Uint8Array.of(1, 2, 3, 4, 5) },
          NO_FUZZ_PARAMS[2],
          NO_FUZZ_PARAMS[3],
        ],
      },
    ];
    const reached = (a: bigint, b: bigint, bytes: number, has: (input: FuzzInput) => boolean): boolean => {
      const random = createRandom(5);
      const words = { ...NOTHING, comparisons: [{ a, b, bytes }] };
      return Array.from({ length: 300 }, () => mutated(base, random, words, base)).some(has);
    };
    expect(reached(3n, 0xabcdefn, 4, ([call]) => call?.command === 0xabcdef)).toBe(true);
    expect(
      reached(
        BigInt(typesOf(base[0]?.params ?? NO_FUZZ_PARAMS)),
        0x6n,
        4,
        ([call]) => typesOf(call?.params ?? NO_FUZZ_PARAMS) === 6,
      ),
    ).toBe(true);
    expect(reached(0xdeadbeefn, 77n, 4, ([call]) => JSON.stringify(call?.params[0]).includes(String(0xdeadbeef)))).toBe(
      true,
    );
    expect(reached(5n, 1000n, 8, ([call]) => call?.params[1]?.type === 5 && call.params[1].bytes.length === 1000)).toBe(
      true,
    );
    expect(
      reached(
        0x0302n,
        0xbbaan,
        2,
        ([call]) => call?.params[1]?.type === 5 && call.params[1].bytes[1] === 0xaa && call.params[1].bytes[2] === 0xbb,
      ),
    ).toBe(true);
  });
});

describe("a smaller input", () => {
  test("has the calls, the bytes and the numbers that the bug needs, and no others", async () => {
    const random = createRandom(3);
    const noise = chain(9, NOTHING, 12).flat();
    const buffer = Uint8Array.from({ length: 300 }, () => random.below(256));
    buffer[4] = 0x7f;
    const call = {
      command: 9,
      params: [{ type: 5, bytes: buffer }, { type: 1, a: 5, b: 6 }, NO_FUZZ_PARAMS[2], NO_FUZZ_PARAMS[3]],
    } as const;
    let runs = 0;
    const shows = async (input: FuzzInput): Promise<boolean> => {
      runs++;
      return input.some(({ command, params: [first] }) => command === 9 && first.type === 5 && first.bytes[4] === 0x7f);
    };
    const small = await minimised([...noise, call, ...noise], shows);
    expect(small).toHaveLength(1);
    expect(small[0]?.params[0]).toMatchObject({ type: 5 });
    expect(small[0]?.params[0]?.type === 5 && small[0].params[0].bytes).toHaveLength(5);
    expect(small[0]?.params.slice(1)).toEqual(NO_FUZZ_PARAMS.slice(1));
    expect(runs).toBeLessThanOrEqual(400);
  });
});

test("bugs at one line are one, whatever goes wrong with the pointer there", () => {
  const access = { write: true, bytes: 1, address: 16 };
  const at = (kind: "invalid-write" | "use-after-free" | "double-free", stack: string, more = {}) =>
    bugOf({ kind, stack, detail: "", ...more });
  expect(at("invalid-write", "a.c:1\tf\nb.c:2\tg", { access })).toBe(
    at("use-after-free", "a.c:1\tf\nb.c:9\th", { access }),
  );
  expect(at("invalid-write", "a.c:1\tf", { access })).not.toBe(at("invalid-write", "a.c:2\tf", { access }));
  expect(at("invalid-write", "a.c:1\tf", { access })).not.toBe(at("double-free", "a.c:1\tf"));
});

test("a client in C has every call with its parameters", () => {
  const input: FuzzInput = [
    {
      command: 0x1f,
      params: [
        { type: 7, bytes: Uint8Array.of(0, 255) },
        { type: 2, a: 1, b: 2 },
        NO_FUZZ_PARAMS[2],
        NO_FUZZ_PARAMS[3],
      ],
    },
  ];
  const text = clientText("bccbe7f3-4243-412d-abe0-b8d993582ad4", input, ["why"]);
  expect(text).toContain("// why\n");
  expect(text).toContain("{ 0xbccbe7f3, 0x4243, 0x412d, { 0xab, 0xe0, 0xb8, 0xd9, 0x93, 0x58, 0x2a, 0xd4 } }");
  expect(text).toContain("TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INOUT, TEEC_VALUE_OUTPUT, TEEC_NONE, TEEC_NONE)");
  expect(text).toContain('bytes_0[3] =\n\t\t"\\x00\\xff";');
  expect(text).toContain("TEEC_InvokeCommand(&session, 0x1f,");
});
