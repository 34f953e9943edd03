// Tests of visible_stream.ts.
import { expect, it } from "vitest";
import { visibleStream } from "./visible_stream.ts";

type Hear = (event: { readonly data: string }) => void;

/** A page that a test hides and shows, and the streams that it opened. */
function setUp(hidden: boolean) {
  const page = { hidden, turn: (): void => {} };
  const streams: { open: boolean; hearers: [string, Hear][] }[] = [];
  const stream = visibleStream(
    () => {
      const one = { open: true, hearers: [] as [string, Hear][] };
      streams.push(one);
      return {
        addEventListener: (kind, hear) => void one.hearers.push([kind, hear]),
        close: () => {
          one.open = false;
        },
      };
    },
    {
      get hidden() {
        return page.hidden;
      },
      addEventListener: (_kind, hear) => {
        page.turn = hear;
      },
    },
  );
  const show = (seen: boolean): void => {
    page.hidden = !seen;
    page.turn();
  };
  return { stream, streams, show };
}

it("closes when the page is hidden, opens again with the same hearers when it is seen", () => {
  const { stream, streams, show } = setUp(false);
  const heard: string[] = [];
  stream.addEventListener("state", ({ data }) => void heard.push(data));
  show(false);
  expect(streams.map(({ open }) => open)).toEqual([false]);
  show(true);
  show(true);
  expect(streams.map(({ open }) => open)).toEqual([false, true]);
  for (const [, hear] of streams[1]?.hearers ?? []) hear({ data: "all" });
  expect(heard).toEqual(["all"]);
});

it("opens nothing while a page is hidden from the beginning", () => {
  const { stream, streams, show } = setUp(true);
  stream.addEventListener("error", () => {});
  expect(streams).toEqual([]);
  show(true);
  expect(streams[0]?.hearers.map(([kind]) => kind)).toEqual(["error"]);
});
