// Statistics in the forms that terminals, mails and people give them: the same figures, or marked as missing; never another one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { missingCounters, type PartialRecord } from "../src/abi/record.ts";
import { COUNTERS } from "../src/malloc/counters.ts";
import { createContentReader, type TextContent } from "../src/recording/text_content.ts";
import { poolNamed, poolNames, RELEASES } from "../src/release/releases.ts";
import { SINCE_4_1 } from "../src/release/since_4_1.ts";
import { SINCE_4_6 } from "../src/release/since_4_6.ts";
import { printAlloc, printTa } from "../src/xtest/print.ts";
import { type Found, scan } from "../src/xtest/scan.ts";

const POOL: PartialRecord = {
  name: "Heap",
  allocated: 44288,
  maxAllocated: 128912,
  size: 203072,
  failures: 3,
  biggestFailure: 4624,
  biggestFailureUsed: 198544,
};
const TA = { uuid: "8aaaf200-2450-11e4-abe2-0002a5d5c51b", panicked: 0, sessions: 1, heap: { ...POOL, name: "" } };
const ALLOC = printAlloc([POOL], SINCE_4_1);
const LIST = printTa([TA], SINCE_4_1);

function contentOf(bytes: Uint8Array | string): TextContent {
  const reader = createContentReader("a text");
  reader.push(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
  return reader.end();
}

function grouped(mark: string): (text: string) => string {
  return (text) => text.replace(/\d{4,}$/gm, (digits) => Number(digits).toLocaleString("en").replaceAll(",", mark));
}

/** A new line where a mail program fills lines up to a width. */
function filled(width: number, quote = ""): (text: string) => string {
  return (text) => {
    const lines: string[] = [];
    for (const word of text.split(/\s+/).filter((one) => one !== "")) {
      const last = lines.at(-1);
      if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
      else lines[lines.length - 1] = `${last} ${word}`;
    }
    return `${lines.map((line) => quote + line).join("\n")}\n`;
  };
}

const FORMS: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ["as printed", (text) => text],
  ["CR LF", (text) => text.replaceAll("\n", "\r\n")],
  ["no end of the last line", (text) => text.trimEnd()],
  ["small letters", (text) => text.toLowerCase()],
  ["capitals", (text) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())],
  ["blanks squeezed", (text) => text.replaceAll(/[ \t]+/g, " ")],
  ["blanks lost around numbers", (text) => text.replaceAll(/: +/g, ":")],
  ["blanks doubled", (text) => text.replaceAll(/[ \t]+/g, "  ")],
  ["tabs", (text) => text.replaceAll(/ +(?=\d)/g, "\t")],
  ["a blank before the colon", (text) => text.replaceAll(/: */g, " :   ")],
  ["largest", (text) => text.replace("larges ", "largest ")],
  ["commas", grouped(",")],
  ["points", grouped(".")],
  ["apostrophes", grouped("'")],
  ["typographic apostrophes", grouped("\u2019")],
  ["hard blanks", grouped("\u00a0")],
  ["thin blanks", grouped("\u2009")],
  ["narrow hard blanks", grouped("\u202f")],
  ["quoted", (text) => text.replaceAll(/^/gm, "> ")],
  ["quoted twice", (text) => text.replaceAll(/^/gm, "> > ")],
  ["quoted with bars", (text) => text.replaceAll(/^/gm, "| ")],
  ["in a box", (text) => text.replaceAll(/^(.+)$/gm, "| $1    |")],
  ["bullets", (text) => text.replaceAll(/^/gm, "* ")],
  ["line numbers", (text) => text.replaceAll(/^/gm, () => "  17: ")],
  ["kernel stamps", (text) => text.replaceAll(/^/gm, "[   12.345678] ")],
  ["syslog", (text) => text.replaceAll(/^/gm, "Jan  1 00:00:10 board xtest[311]: ")],
  ["clock times", (text) => text.replaceAll(/^/gm, "14:02:11.123 -> ")],
  ["trailing blanks", (text) => text.replaceAll(/$/gm, "   ")],
  ["an empty line behind each", (text) => text.replaceAll("\n", "\n\n")],
  ["bold labels", (text) => text.replaceAll(/^\t*(.+?:) +(\d+)$/gm, "**$1** $2")],
  ["a table", (text) => text.replaceAll(/^\t*(.+?): +(\d+)$/gm, "| $1 | $2 |")],
  ["remarks", (text) => text.replaceAll(/(\d)$/gm, "$1   <-- look at this")],
  ["numbers in lines of their own", (text) => text.replaceAll(/: +(?=\d)/g, ":\n")],
  ["numbers in quoted lines of their own", (text) => text.replaceAll(/^/gm, "> ").replaceAll(/: +(?=\d)/g, ":\n> ")],
  [
    "labels broken",
    (text) => text.replace("at that failure", "at that\nfailure").replace("failed alloc", "failed\nalloc"),
  ],
  ["all in one line", (text) => text.replaceAll(/\s+/g, " ")],
  ["filled to 72 columns", filled(72)],
  ["filled to 60 columns", filled(60)],
  ["filled and quoted", filled(70, "> ")],
  ["lines of the kernel between", (text) => text.replaceAll("\n", "\n[   12.345678] random: crng init done\n")],
  ["lines of others between", (text) => text.replaceAll("\n", "\nI/TC: thread pool: busy, size of pools 17\n")],
];

describe.each(FORMS)("%s", (name, change) => {
  const alloc = change(ALLOC);
  const list = change(LIST);

  test.each([
    ["line by line", (text: string) => scan(text).filter(({ kind }) => kind !== "fault")],
    ["as a command reads it", (text: string) => [contentOf(text)]],
  ] as const)("%s", (_, read) => {
    const [one] = read(alloc) as (Found | TextContent)[];
    expect(one !== undefined && ("pools" in one ? one.pools : one.value), alloc).toEqual([POOL]);
    const [two] = read(list) as (Found | TextContent)[];
    expect(two !== undefined && ("tas" in two ? two.tas : two.value), list).toEqual([TA]);
  });

  test("nothing is called damaged", () => {
    expect(
      scan(alloc).map(({ kind }) => kind),
      name,
    ).toEqual(["alloc"]);
    expect(contentOf(alloc).summary.firstUnread).toEqual([]);
  });
});

test("hard blanks of Latin-1", () => {
  const latin1 = Uint8Array.from(grouped("\u00a0")(ALLOC), (character) => character.charCodeAt(0));
  expect(contentOf(latin1).pools).toEqual([POOL]);
});

test.each(["0x31940", "203072 bytes", "203072 B", "203072 (198.3 KiB)", "203,072 (0x31940)", "0x31940 [198 KB]"])(
  "a number in another form: %s",
  (form) => expect(contentOf(ALLOC.replace("203072", form)).pools).toEqual([POOL]),
);

test("hexadecimal digits without a sign: no figure of the block is given", () => {
  const text = ALLOC.replace("203072", "3194a");
  expect(contentOf(text).pools ?? []).toEqual([]);
});

describe("a damaged number is no number", () => {
  test.each([
    "20l072",
    "2O3072",
    "203072x",
    "203 072 072",
    "203072 17",
    "4294967296",
    "-2147483649",
    "99999999999999999999",
    "0203072",
    "203,07",
    "203,0722",
    "203,072.072",
    ",203072",
    "203,072,",
    "0x31940g",
    "31940h",
    "2.03072e5",
    "",
    "-",
    "203072Number of failed allocations:          3",
    "203072 # 17",
  ])("%j", (bad) => {
    const text = ALLOC.replace("203072", bad);
    for (const pools of [contentOf(text).pools, poolsOf(scan(text))]) {
      const [pool] = pools ?? [];
      expect([pool?.name, pool?.size], text).toEqual(["Heap", undefined]);
      for (const counter of COUNTERS) expect([undefined, POOL[counter]]).toContain(pool?.[counter]);
    }
  });

  test("digits in the next line may be the rest of one", () => {
    const text = ALLOC.replace("203072", "203\n072");
    expect(poolsOf(scan(text))?.[0]?.size).toBeUndefined();
    expect(poolsOf(scan(ALLOC.replace("198544", "198\n544")))?.[0]?.biggestFailureUsed).toBeUndefined();
  });

  test("a lost beginning does not make another label", () => {
    for (let gone = 1; gone < "Max bytes allocated".length; gone++) {
      const text = ALLOC.replace(/^Bytes.*\n/m, "").replace("Max bytes allocated:", (label) => label.slice(gone));
      expect(poolsOf(scan(text))?.[0]?.allocated, text).toBeUndefined();
      const small = text.toLowerCase();
      if (gone < "Max".length) expect(poolsOf(scan(small))?.[0]?.allocated, small).toBeUndefined();
    }
  });
});

function poolsOf(found: readonly Found[]): readonly PartialRecord[] | undefined {
  const last = found.findLast(({ kind }) => kind === "alloc");
  return last?.kind === "alloc" ? last.value : undefined;
}

const u32 = fc.oneof(fc.nat(99), fc.nat(0xffffffff));
const half = fc.oneof(fc.nat(99), fc.nat(0x80000000));
/** Every pool with figures that no other has, so that none can be taken for another's. */
const report = fc.constantFrom(...RELEASES).chain((release) =>
  fc
    .array(
      fc.record({
        allocated: half,
        maxAllocated: half,
        size: fc.integer({ min: 0x80000000, max: 0xffffffff }),
        failures: u32,
        biggestFailure: u32,
        biggestFailureUsed: half,
      }),
      { minLength: release.pools.length, maxLength: release.pools.length },
    )
    .map((list) => {
      const names = poolNames(release, { nsVirtualization: true, rpmb: true });
      const pools = list.map((counters, n) => ({ name: names[n] ?? "", ...counters }));
      return { pools, lines: printAlloc(pools, release).trimEnd().split("\n") };
    }),
);

/** Whatever was read is of the pool, counter for counter; what is missing is not there. */
function agrees(found: readonly Found[], pools: readonly PartialRecord[]): void {
  for (const one of found) {
    if (one.kind !== "alloc") continue;
    for (const read of one.value) {
      // A name may be damaged as well, or cut: then it has the role of the whole name, or none.
      const roleOf = (name: string): string | undefined => poolNamed(name)?.role;
      const role = roleOf(read.name);
      const same = pools.filter(({ name }) => role === undefined || roleOf(name) === role);
      expect(
        same.some((pool) =>
          COUNTERS.every((counter) => read[counter] === undefined || read[counter] === pool[counter]),
        ),
        JSON.stringify([read, same]),
      ).toBe(true);
    }
  }
}

describe("of a mangled report no figure is another one", () => {
  test("cut at every line", () => {
    const property = fc.property(report, fc.nat(50), ({ pools, lines }, at) => {
      const found = scan(lines.slice(0, at).join("\n"));
      agrees(found, pools);
      agrees(scan(lines.slice(at).join("\n")), pools);
      const whole = found.flatMap((one) => (one.kind === "alloc" ? one.value : []));
      for (const pool of whole.slice(0, -1)) expect(missingCounters(pool)).toEqual([]);
    });
    fc.assert(property);
  });

  test("cut at every byte", () => {
    const figures = [44288, 128912, 203072, 3, 4624];
    for (let at = 1; at < ALLOC.length; at++) {
      const text = ALLOC.slice(0, at);
      for (const pools of [contentOf(text).pools, poolsOf(scan(text))]) {
        const { biggestFailureUsed: _last, ...read } = pools?.[0] ?? { name: "" };
        const known = Object.values(read).filter((one) => typeof one === "number");
        expect(known, text).toEqual(figures.slice(0, known.length));
      }
    }
  });

  test("some lines lost", () => {
    const property = fc.property(report, fc.uniqueArray(fc.nat(40), { maxLength: 6 }), ({ pools, lines }, gone) => {
      agrees(scan(lines.filter((_, i) => !gone.includes(i)).join("\n")), pools);
    });
    fc.assert(property);
  });

  test("a gap of many lines, where the blank line or a mark is left", () => {
    const property = fc.property(
      report,
      fc.nat(40),
      fc.integer({ min: 1, max: 20 }),
      ({ pools, lines }, from, count) => {
        agrees(scan([...lines.slice(0, from), "[...]", ...lines.slice(from + count)].join("\n")), pools);
      },
    );
    fc.assert(property);
  });

  test("bytes lost or changed within a line, lines joined and split", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."Oolx#[] \t\n:"), maxLength: 3 });
    const change = fc.record({ at: fc.nat(1300), gone: fc.nat(30), put: letters });
    const property = fc.property(report, change, ({ pools, lines }, { at, gone, put }) => {
      const text = lines.join("\n");
      const lost = text.slice(at, at + gone);
      const line = text.lastIndexOf("\n", at) + 1;
      // One letter less makes another name.
      fc.pre(!text.startsWith("Pool:", line) && !lost.includes("Pool:"));
      // Digits that are lost with nothing in their place leave a number that looks whole.
      fc.pre(!/\d/.test(lost) && !/\d/.test(text.charAt(at - 1)) && !/\d/.test(text.charAt(at + gone)));
      agrees(scan(text.slice(0, at) + put + text.slice(at + gone)), pools);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("forms of people, one over the other", () => {
    const form = fc.constantFrom(...FORMS.map(([, change]) => change));
    const property = fc.property(report, form, form, ({ pools, lines }, one, two) => {
      agrees(scan(two(one(`${lines.join("\n")}\n`))), pools);
    });
    fc.assert(property);
  });
});

test("a name of a pool in any letters is that of the release", () => {
  for (const release of RELEASES)
    for (const name of poolNames(release, { nsVirtualization: true, rpmb: true }).filter((one) => one !== ""))
      for (const text of [name.toUpperCase(), name.toLowerCase(), name.replaceAll(" ", "  ")])
        expect(poolsOf(scan(`Pool: ${text}\nBytes allocated: 5\n`))).toEqual([{ name, allocated: 5, cut: true }]);
  expect(poolNamed("heap")?.role).toBe("heap");
});

test("a fragmentation that is printed is read, and one that is cut is not", () => {
  const pool = { ...POOL, fragmentation: 72 };
  expect(poolsOf(scan(printAlloc([pool], SINCE_4_6)))).toEqual([pool]);
  expect(poolsOf(scan(printAlloc([pool], SINCE_4_6).replace("72 %", "7")))).toEqual([POOL]);
});
