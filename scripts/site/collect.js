// @ts-check
// All pages of the site: the list of pages, and every file and folder of the project that a page links to.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { addressOf, rewrite } from "./addresses.js";
import { escapeHtml } from "./frame.js";
import { readTextPage } from "./text_page.js";

/**
 * A page by its address in the site, and a file that is copied as it is.
 * @typedef {import("./text_page.js").TextPage & { listed: boolean }} Page
 * @typedef {{ pages: Map<string, Page>, copies: string[] }} Collected
 */

/**
 * Collects the pages, breadth first. Throws an error that names page and link of all links that lead nowhere.
 * @param {string} root @param {string} first file of the page to begin with
 * @param {ReadonlyMap<string, string>} names names of the listed pages, by file @returns {Collected}
 */
export function collect(root, first, names) {
  /** @type {Map<string, Page>} */
  const pages = new Map();
  /** @type {Set<string>} */
  const copies = new Set();
  /** @type {{ from: string, href: string }[]} */
  const links = [];
  /** @type {string[]} */
  const dead = [];
  /** @type {import("./addresses.js").Target[]} */
  const queue = [{ file: first, kind: "text" }];
  for (const page of queue) {
    const address = addressOf(page);
    if (page.kind === "copy") copies.add(page.file);
    if (page.kind === "copy" || pages.has(address)) continue;
    const linked = (/** @type {string} */ href) => {
      const found = rewrite(root, page, href);
      if (found === undefined) dead.push(`${page.file}: the link '${href}' leads nowhere`);
      if (found?.target !== undefined) queue.push(found.target);
      links.push({ from: address, href: found?.href ?? "" });
      return found?.href ?? href;
    };
    const nameOf = (/** @type {string} */ href) => names.get(rewrite(root, page, href)?.target?.file ?? "");
    pages.set(address, { ...contentOf(root, page, linked, nameOf), listed: names.has(page.file) });
  }
  for (const { from, href } of links)
    if (!hasAnchor(pages, from, href)) dead.push(`${from}: the link '${href}' leads to no heading`);
  if (dead.length > 0) throw new Error(dead.join("\n"));
  return { pages, copies: [...copies] };
}

/**
 * @param {string} root @param {import("./addresses.js").Target} page @param {(href: string) => string} linked
 * @param {(href: string) => string | undefined} nameOf
 */
function contentOf(root, page, linked, nameOf) {
  const path = posix.join(root, page.file);
  if (page.kind === "text") return readTextPage(readFileSync(path, "utf8"), linked, nameOf);
  const title = escapeHtml(page.file);
  const html =
    page.kind === "folder"
      ? `<ul>\n${filesIn(path)
          .map((file) => `<li><a href="${linked(file)}">${escapeHtml(file)}</a></li>\n`)
          .join("")}</ul>`
      : `<pre tabindex="0"><code>${escapeHtml(readFileSync(path, "utf8"))}</code></pre>`;
  return { title: page.file, html: `<h1><code>${title}</code></h1>\n${html}`, sections: [] };
}

/** The files of a folder and of those in it, without hidden ones. @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !/(?:^|\/)\./.test(file) && statSync(posix.join(folder, file)).isFile())
    .sort();
}

/** Whether a link leads to a heading, if it names one. @param {ReadonlyMap<string, Page>} pages @param {string} from @param {string} href */
function hasAnchor(pages, from, href) {
  const [path = "", anchor] = href.split("#");
  if (anchor === undefined || /^[a-z][a-z+.-]*:/i.test(href)) return true;
  const to = path === "" ? from : posix.join(posix.dirname(from), path);
  return pages.get(decodeURI(to))?.sections.some((section) => section.anchor === decodeURI(anchor)) === true;
}
