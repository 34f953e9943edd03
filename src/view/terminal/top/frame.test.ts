// Tests of the frames of `teemem top`, on a model of a terminal.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createScreenModel } from "../../../../test/support/screen_model.ts";
import type { HeapState, SystemState } from "../../../live/state/state.ts";
import { terminalColumns } from "../columns.ts";
import { createPaint } from "../paint.ts";
import { frameOf, rowKeys, type TopScene } from "./frame.ts";
import { createScreen, ENTER, LEAVE } from "./screen.ts";
import { firstView, pressed, type TopView } from "./top_view.ts";

const plain = createPaint({ colours: false, width: 80 });
const HEAP: HeapState = {
  ...{ key: "pool:Heap", kind: "pool", name: "Heap", size: 65_536, allocated: 52_128, max: 61_000, failures: 3 },
  ...{ biggestFailure: 5000, biggestFailureUsed: 60_000, free2Sum: null, sessions: null, panicked: false, gone: false },
  history: { times: [0, 30_000, 60_000, 120_000], allocated: [20_000, 61_000, 40_000, 52_128] },
  ...{ growth: 1234, untilFull: 650_000 },
};
const TA: HeapState = {
  ...HEAP,
  ...{
    key: "ta:x#1",
    kind: "ta",
    name: "größe 木 <script>",
    uuid: "6d4c1b8e-0000",
    size: null,
    allocated: null,
    max: null,
  },
  ...{ failures: null, history: { times: [], allocated: [] }, growth: null, untilFull: null, panicked: true },
};
const SYSTEM: SystemState = {
  ...{ name: "ssh://root@board", state: "live", since: 0, epoch: Date.UTC(2026, 0, 1), trouble: "", release: "4.5.0" },
  ...{ heaps: [HEAP, TA], samples: 4, sampled: 120_000, can: { resetMaxima: false, liveBlocks: true } },
  console: [
    { time: 100_000, text: "I/TC: hello", trouble: false },
    { time: 110_000, text: "E/TC: Memory allocation failed: size 4096", trouble: true },
  ],
  happened: [{ time: 105_000, kind: "refusal", heap: "pool:Heap", text: "Heap: 1 request failed" }],
  alarms: [],
};
const LOST: SystemState = {
  ...SYSTEM,
  name: "board2",
  state: "lost",
  since: 60_000,
  trouble: "no route to host",
  console: [],
  happened: [],
};

function scene(more: Partial<TopScene> = {}, view: Partial<TopView> = {}): TopScene {
  return {
    systems: [SYSTEM],
    view: { ...firstView(1000), ...view },
    blocks: undefined,
    note: "",
    now: 120_000,
    ...more,
  };
}
/** What a terminal of that size shows. */
function seen(what: TopScene, columns: number, rows: number, paint = plain): readonly string[] {
  const model = createScreenModel(columns, rows);
  const lines = frameOf(what, { columns, rows }, paint);
  expect(lines.length).toBe(rows);
  createScreen(model.write).draw(lines, columns);
  return model.rows;
}

test("80×24: figures, bar with the peak, sparkline, growth, time until full, refusals; below what was said", () => {
  const rows = seen(scene(), 80, 24);
  expect(rows[0]).toMatch(/^teemem top {2}1 system {2}\d\d:02:00 {2}every 1 s$/);
  expect(rows[1]).toBe(" heap          use               bytes       peak recent    a min  full  failed");
  expect(rows[2]).toBe("● ssh://root@board  OP-TEE 4.5.0");
  expect(rows[3]).toBe("›Heap          80% ██████▍│     52,128     61,000 ▄▄██▄▄▄█  +1.2k 10min       3");
  expect(rows[4]).toMatch(/^ größe 木 <s… {4}\? ········ {10}\? {10}\? .* panic$/);
  expect(rows.slice(-5)).toEqual([
    "───",
    expect.stringMatching(/^..:01:40 I\/TC: hello$/),
    expect.stringMatching(/^..:01:45 • Heap: 1 request failed$/),
    expect.stringMatching(/^..:01:50 E\/TC: Memory allocation failed: size 4096$/),
    "q quit  Enter detail  s sort  / filter  p pause  R reset  ? help",
  ]);
});

describe("any size", () => {
  it.each([
    [200, 60],
    [80, 24],
    [60, 20],
    [40, 10],
    [20, 3],
    [1, 1],
  ])("%i×%i fits, on every page, with colours too", (columns, rows) => {
    const alarms = [
      { rule: "full", heap: "pool:Heap", since: 1, text: "Heap: 80 % of 65,536 bytes", silencedUntil: null },
    ];
    for (const page of ["list", "detail", "help"] as const)
      for (const paint of [plain, createPaint({ colours: true, width: 80 })])
        seen(scene({ systems: [{ ...SYSTEM, alarms }, LOST] }, { page }), columns, rows, paint);
  });

  it("has every figure at 200 columns, and the use at 40", () => {
    expect(seen(scene(), 200, 60)[1]).toMatch(/heap +use +bytes +peak +size recent +a min +full +failed$/);
    expect(seen(scene(), 60, 20)[3]).toMatch(/Heap +80% █+[^ ]*│? +52,128/);
    expect(seen(scene(), 40, 10)[3]).toMatch(/Heap +80%/);
  });
});

test("a lost system says why and since when; its last figures stay", () => {
  const rows = seen(scene({ systems: [SYSTEM, LOST] }), 100, 24);
  expect(rows[5]).toBe("✕ board2  lost 1 min: no route to host  OP-TEE 4.5.0  figures 0s old");
  expect(rows[6]).toContain("52,128");
});

test("alarms stand on top; silenced ones are counted", () => {
  const alarm = {
    rule: "nearly full",
    heap: "pool:Heap",
    since: 60_000,
    text: "Heap: 80 % in use",
    silencedUntil: null,
  };
  const rows = seen(
    scene({ systems: [{ ...SYSTEM, alarms: [alarm, { ...alarm, rule: "b", silencedUntil: 1e9 }] }] }),
    80,
    24,
  );
  expect(rows[1]).toBe("! Heap: 80 % in use, since 1 min  (nearly full)");
  expect(rows[2]).toBe("1 alarm silenced");
});

test("one heap in detail, with who holds it; in 24 rows and in 10", () => {
  const blocks = { bytes: "taken", sites: [{ site: "core/mm/vm.c:307", blocks: 12, bytes: 1536 }] } as const;
  const rows = seen(scene({ blocks }, { page: "detail" }), 80, 24);
  const text = rows.join("\n");
  expect(text).toContain("in use      52,128 of 65,536 bytes");
  expect(text).toContain("failed      3; the largest asked for 5,000 bytes while 60,000 were in use");
  expect(text).toContain("20,000 to 61,000 bytes in 2 min");
  expect(text).toContain("     1,536      12  core/mm/vm.c:307");
  expect(seen(scene({ blocks: "no leak headers" }, { page: "detail" }), 80, 24).join("\n")).toContain(
    "Who holds it is not known: no leak headers",
  );
  seen(scene({ blocks }, { page: "detail" }), 40, 10);
});

test("sorted and filtered rows; the chosen one stays in sight", () => {
  const heaps = Array.from({ length: 40 }, (_, n) => ({
    ...HEAP,
    key: `pool:p${n}`,
    name: `p${n}`,
    allocated: 1000 * n,
  }));
  const many = { systems: [{ ...SYSTEM, heaps }] };
  const shown = (view: Partial<TopView>): string[] =>
    seen(scene(many, view), 80, 12)
      .filter((row) => /^[ ›]p\d/.test(row))
      .map((row) => row.trim().split(" ")[0] ?? "");
  expect(shown({ order: 1 })[0]).toBe("›p39");
  expect(shown({ order: 1, turned: true })[0]).toBe("›p0");
  expect(shown({ filter: "p3" })).toContain("p30");
  expect(shown({ filter: "p3" })).not.toContain("p2");
  expect(shown({ chosen: "ssh://root@board\0pool:p35" })).toContain("›p35");
});

test("only lines that changed are written, in one update, and the terminal is given back clean", () => {
  const model = createScreenModel(80, 24);
  model.write(ENTER);
  expect(model.modes).toEqual({ other: true, cursor: false, wraps: false, updating: false });
  const screen = createScreen(model.write);
  const draw = (what: TopScene): number[] => {
    screen.draw(frameOf(what, { columns: 80, rows: 24 }, plain), 80);
    expect(model.modes.updating).toBe(false);
    return model.touched();
  };
  draw(scene());
  expect(draw(scene())).toEqual([]);
  expect(draw(scene({ systems: [{ ...SYSTEM, heaps: [{ ...HEAP, allocated: 52_000 }, TA] }] }))).toEqual([3]);
  const before = model.rows;
  screen.forget();
  draw(scene({ systems: [{ ...SYSTEM, heaps: [{ ...HEAP, allocated: 52_000 }, TA] }] }));
  expect(model.rows).toEqual(before);
  model.write(LEAVE);
  expect(model.modes).toEqual({ other: false, cursor: true, wraps: true, updating: false });
});

test("what was longer leaves nothing behind, whatever is drawn after whatever", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 });
  const system = fc
    .record({ name: text, trouble: text })
    .map((given) => ({ ...SYSTEM, ...given, heaps: [{ ...HEAP, name: given.trouble }] }));
  fc.assert(
    fc.property(fc.array(system, { minLength: 1, maxLength: 4 }), (systems) => {
      const [one, other] = [createScreenModel(50, 12), createScreenModel(50, 12)];
      const screen = createScreen(one.write);
      for (const each of systems)
        screen.draw(frameOf(scene({ systems: [each] }), { columns: 50, rows: 12 }, plain), 50);
      const last = systems.at(-1) as SystemState;
      createScreen(other.write).draw(frameOf(scene({ systems: [last] }), { columns: 50, rows: 12 }, plain), 50);
      expect(one.rows).toEqual(other.rows);
    }),
  );
});

test("a column of wide characters takes two", () => {
  expect([terminalColumns("木"), terminalColumns("e\u0301"), terminalColumns("abc"), terminalColumns("😀")]).toEqual([
    2, 1, 3, 2,
  ]);
});

test("keys move, sort, filter, pause, and ask", () => {
  const keys = rowKeys(scene());
  const after = (...list: readonly string[]) =>
    list.reduce<readonly [TopView, unknown]>(([view], key) => pressed(view, key, keys), [firstView(1000), null]);
  expect(after("j")[0].chosen).toBe(keys[1]);
  expect(after("j", "j", "up", "up")[0].chosen).toBe(keys[0]);
  expect(after("s", "r")[0]).toMatchObject({ order: 1, turned: true });
  expect(after("/", "q", "x", "backspace", "enter")[0]).toMatchObject({ filter: "q", typing: false });
  expect(after("/", "q", "escape")[0]).toMatchObject({ filter: "", typing: false });
  expect(after("enter")[0]).toMatchObject({ page: "detail", chosen: keys[0] });
  expect(after("?", "x")[0].page).toBe("list");
  expect(after("p")[0].paused).toBe(true);
  expect([after("+")[0].period, after("-")[0].period]).toEqual([500, 2000]);
  expect(["q", "ctrl-c", "ctrl-z", "R", "z", "ctrl-l"].map((key) => after(key)[1])).toEqual([
    "quit",
    "quit",
    "stop",
    "reset",
    "silence",
    "redraw",
  ]);
  expect(after("/", "ctrl-c")[1]).toBe("quit");
});

it("help goes away with any key, and q quits from there, too", () => {
  const help = { ...firstView(1000), page: "help" as const };
  expect(pressed(help, "x", [])).toEqual([{ ...help, page: "list" }, null]);
  expect(pressed(help, "q", [])).toEqual([help, "quit"]);
});

test.each([
  [65_536 * 0.9, 31],
  [65_536 * 0.75, 33],
  [65_536 * 0.75 - 1, 32],
])("a bar of %d of 65,536 bytes in use has colour %i", (bytes, colour) => {
  const other = { ...HEAP, key: "pool:Other", name: "Other", allocated: Math.ceil(bytes) };
  // The first is the chosen one, which is drawn inverse.
  const system = { ...SYSTEM, heaps: [HEAP, other], console: [], happened: [] };
  const lines = frameOf(
    scene({ systems: [system] }),
    { columns: 80, rows: 24 },
    createPaint({ colours: true, width: 80 }),
  );
  const line = JSON.stringify(lines.find((one) => JSON.stringify(one).includes("Other")));
  expect(/u001b\[(\d\d)m█/.exec(line)?.[1]).toBe(String(colour));
});
