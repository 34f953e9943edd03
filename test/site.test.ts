// The documentation as a site: its list of pages, its links, and how a browser shows it from disk.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, describe, expect, type TestContext, test } from "vitest";
import { readContents } from "../scripts/site/contents.js";
import { writeSite } from "../scripts/site/site.js";
import { logOf, startChromium } from "./support/chromium.ts";
import { seriousFaults } from "./support/page/open_page.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "teemem-site-"));
const out = join(folder, "site");
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with these files. */
function tree(name: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder, name);
}

const reference = tree("api", { "index.html": "<title>the public API</title>" });
writeSite(root, out, reference);

const files = readdirSync(out, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
const pages = files.filter((path) => path.endsWith(".html") && !path.startsWith("docs/api/"));
const textOf = (path: string): string => readFileSync(join(out, path), "utf8");
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? "");

describe("the list of pages", () => {
  test("has every page once, and no other", () => {
    const markdown = (path: string): string[] =>
      readdirSync(join(root, path), { recursive: path === "examples", encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => posix.join(path, name.replaceAll("\\", "/")));
    const there = [".", "docs", "examples"].flatMap(markdown).filter((file) => file !== "docs/README.md");
    const listed = readContents(root).flatMap(({ entries }) => entries.map(({ file }) => file));
    expect(listed.toSorted()).toEqual(there.toSorted());
  });

  test("has a line for each page", () => {
    const entries = readContents(root).flatMap((group) => group.entries);
    expect(entries.filter(({ name, tells }) => name === "" || tells === "")).toEqual([]);
  });
});

describe("each page", () => {
  test("has one title and one heading of the first level", () => {
    const counts = pages.map((page) => [
      page,
      all(textOf(page), /<title>([^<]+)</g).length,
      all(textOf(page), /<(h1)[ >]/g).length,
    ]);
    expect(counts).toEqual(pages.map((page) => [page, 1, 1]));
    const titles = pages.map((page) => all(textOf(page), /<title>([^<]+)</g)[0]);
    expect(titles.filter((title, n) => titles.indexOf(title) !== n)).toEqual([]);
  });

  test("links to files and headings that are there", () => {
    const ids = new Map(pages.map((page) => [page, new Set(all(textOf(page), /\sid="([^"]+)"/g))]));
    const dead = pages.flatMap((page) =>
      all(textOf(page), /\s(?:href|src)="([^"]+)"/g)
        .filter((link) => !link.startsWith("https://") && !link.startsWith("http://"))
        .filter((link) => {
          const [path = "", anchor] = decodeURI(link).split("#");
          const to = path === "" ? page : posix.join(posix.dirname(page), path);
          return !files.includes(to) || (anchor !== undefined && ids.get(to)?.has(anchor) !== true);
        })
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
    expect(pages.flatMap((page) => all(textOf(page), /\s(href="[^"]*\.md[#"])/g))).toEqual([]);
  });

  test("has an id only once", () => {
    const twice = pages.flatMap((page) => {
      const ids = all(textOf(page), /\sid="([^"]+)"/g);
      return ids.filter((id, n) => ids.indexOf(id) !== n).map((id) => `${page}#${id}`);
    });
    expect(twice).toEqual([]);
  });
});

describe("a small project", () => {
  const contents = (rows: string): string => `# All\n\n## Reference\n\n| page | tells |\n|---|---|\n${rows}`;
  const build = (name: string, page: string, more: Record<string, string> = {}): string => {
    const project = tree(name, { "docs/README.md": contents("| [A](a.md) | one |\n"), "docs/a.md": page, ...more });
    writeSite(project, join(folder, `${name}-site`));
    return join(folder, `${name}-site`);
  };

  test.each([
    ["a page", "# A\n[b](b.md)", "docs/a.md: the link 'b.md' leads nowhere"],
    ["a place outside", "# A\n[b](../../b.md)", "docs/a.md: the link '../../b.md' leads nowhere"],
    ["a heading of its own", "# A\n[b](#b)", "docs/a.html: the link '#b' leads to no heading"],
    ["a heading of another page", "# A\n[b](README.md#b)", "docs/a.html: the link 'index.html#b' leads to no heading"],
  ])("with a link to %s that is not there is refused", (name, page, message) => {
    expect(() => build(`dead ${name}`, page)).toThrow(new Error(message));
  });

  test("whose list has a page that is not there is refused", () => {
    const project = tree("gone", { "docs/README.md": contents("| [A](a.md) | one |\n") });
    expect(() => writeSite(project, join(folder, "gone-site"))).toThrow(
      new Error("docs/README.md: the link 'a.md' leads nowhere"),
    );
  });

  test("has pages for the files and folders that are linked to, and copies of pictures", () => {
    const page = '# A\n[x](../src/x.ts) [d](../d) ![p](p.png)\n\n<img src="p.png" alt="again">';
    const more = { "src/x.ts": "a < b;\n", "d/y.c": "y", "d/.hidden": "", "docs/p.png": "\0" };
    const site = build("files", page, more);
    const made = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(?:html|png)$/.test(path),
    );
    expect(made.toSorted()).toEqual([
      "d/index.html",
      "d/y.c.html",
      "docs/a.html",
      "docs/index.html",
      "docs/p.png",
      "src/x.ts.html",
    ]);
    expect(readFileSync(join(site, "src/x.ts.html"), "utf8")).toContain("<code>a &lt; b;\n</code>");
    expect(readFileSync(join(site, "d/index.html"), "utf8")).toContain('<a href="y.c.html">y.c</a>');
  });

  test("has anchors as GitHub makes them", () => {
    const html = readFileSync(
      join(build("anchors", "# A\n## `--on`: a & b, ü!\n## Same\n## Same\n[t](#--on-a--b-ü)"), "docs/a.html"),
      "utf8",
    );
    expect(all(html, /<h2 id="([^"]+)"/g)).toEqual(["--on-a--b-ü", "same", "same-1"]);
  });

  test("takes the place of an older site, and of nothing else", () => {
    const site = build("older", "# A");
    writeFileSync(join(site, "left.html"), "");
    build("older", "# A");
    expect(readdirSync(site)).not.toContain("left.html");
    const own = tree("own", { "thesis.txt": "" });
    expect(() => writeSite(join(folder, "older"), own)).toThrow(`${own} holds something other than a site`);
    expect(readdirSync(own)).toEqual(["thesis.txt"]);
  });

  test("links to the reference of the API where there is one", () => {
    expect(textOf("index.html")).toContain('href="docs/api/index.html"');
    expect(files).toContain("docs/api/index.html");
    expect(readFileSync(join(build("plain", "# A"), "docs/a.html"), "utf8")).not.toContain("api/");
  });
});

describe("in a browser, from disk", () => {
  let browser: Browser | undefined;
  afterAll(() => browser?.close());
  const address = (page: string): string => pathToFileURL(join(out, page)).href;

  /** Opens a page, acts, and says what the page asked for outside of the site, or had as an error. */
  async function visit(
    test: TestContext,
    options: BrowserContextOptions,
    act: (page: Page) => Promise<void>,
  ): Promise<void> {
    browser ??= await startChromium(test);
    await using context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const { problems, requests } = logOf(page);
    await act(page);
    expect(problems).toEqual([]);
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter((request) => !request.startsWith(address("")))).toEqual([]);
  }

  /** Pages of each kind: text, tables, pictures, the list, a file, a folder. Colours and widths have no more cases than these. */
  const SAMPLE = [
    "index.html",
    "docs/index.html",
    "docs/page.html",
    "docs/performance.html",
    "docs/library.html",
    "examples/clients/index.html",
    "examples/first_heap.js.html",
  ];
  const listed = pages.filter((path) => textOf("search_index.js").includes(`["${path}",`));

  test.for([
    [1280, "light", SAMPLE],
    [1280, "dark", SAMPLE],
    [400, "light", listed],
    [400, "dark", SAMPLE],
  ] as const)(
    "at %i pixels, %s, no page has a serious fault or is too wide",
    ([width, colorScheme, examined], context) =>
      visit(context, { viewport: { width, height: 800 }, colorScheme }, async (page) => {
        expect(listed.length).toBeGreaterThan(40);
        expect(examined.filter((path) => !pages.includes(path))).toEqual([]);
        const faults: string[] = [];
        for (const path of pages) {
          await page.goto(address(path));
          const wide = await page.evaluate("document.documentElement.scrollWidth");
          if (wide !== width) faults.push(`${path}: ${wide} pixels wide`);
          if (!examined.includes(path)) continue;
          faults.push(...(await seriousFaults(page, { preload: false })).map((fault) => `${path}: ${fault}`));
        }
        expect(faults).toEqual([]);
      }),
  );

  test("the search finds a heading from any page, and leads to it", (context) =>
    visit(context, {}, async (page) => {
      await page.goto(address("examples/ta/index.html"));
      await page.keyboard.press("/");
      await page.keyboard.type("red ZON");
      const first = page.locator(".search li a").first();
      expect(await first.innerText()).toBe("Red zones\nThe object in a TA");
      await first.click();
      expect(page.url()).toBe(`${address("docs/ta_object.html")}#red-zones`);
    }));

  test("the search finds words of the text and parts of names, and says when there are none", (context) =>
    visit(context, {}, async (page) => {
      await page.goto(address("index.html"));
      const input = page.getByRole("searchbox");
      const titles = page.locator(".search li a");
      await input.fill("TEE_TA_MALLOC_DEBUG mdbg_check");
      expect(await titles.allInnerTexts()).toContain("What is a snapshot\nLeaks: which call site grows");
      await input.fill("xyzzy");
      expect(await page.getByRole("status").innerText()).toBe("Found: nothing");
      expect(await titles.count()).toBe(0);
      await page.keyboard.press("Escape");
      expect(await page.getByRole("status").isVisible()).toBe(false);
    }));

  test("without scripts pages are read and the search is not shown", (context) =>
    visit(context, { javaScriptEnabled: false }, async (page) => {
      await page.goto(address("docs/leaks.html"));
      expect(await page.getByRole("searchbox").count()).toBe(0);
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Leaks: which call site grows");
      await page.getByRole("link", { name: "Boards", exact: true }).click();
      expect(page.url()).toBe(address("docs/boards.html"));
    }));

  test("code is copied as it was written, and the place in the list is in sight", (context) =>
    visit(context, {}, async (page) => {
      await page.goto(address("CHANGELOG.html"));
      const box = await page.locator("#pages [aria-current]").boundingBox();
      expect(box?.y).toBeLessThan(800);
      await page.goto(address("docs/library.html"));
      const block = /```js\n(.+?)```/s.exec(readFileSync(join(root, "docs/library.md"), "utf8"))?.[1];
      expect(await page.locator("pre code").allTextContents()).toContain(block);
    }));

  test("on paper there is the page alone", (context) =>
    visit(context, {}, async (page) => {
      await page.goto(address("docs/boards.html"));
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("header, nav").filter({ visible: true }).count()).toBe(0);
      expect(await page.locator("main h1").isVisible()).toBe(true);
    }));
});
