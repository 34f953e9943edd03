// @ts-check
// Where each file of the project is in the site, and what a link in a page leads to.
import { existsSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";

/**
 * What is made of a file: a page of text, a page with its lines, a page that lists a folder, or a copy.
 * @typedef {"text" | "lines" | "folder" | "copy"} Kind
 * @typedef {{ file: string, kind: Kind }} Target
 */

const PICTURE = /\.(?:png|svg|jpg|gif)$/;

/** What a path of the project leads to, or undefined where there is nothing. @param {string} root @param {string} path */
export function targetOf(root, path) {
  const file = path.replace(/\/$/, "") || ".";
  const there = posix.join(root, file);
  if (file.startsWith("..") || !existsSync(there)) return undefined;
  if (statSync(there).isDirectory())
    return existsSync(posix.join(there, "README.md"))
      ? made(posix.join(file, "README.md"), "text")
      : made(file, "folder");
  if (file.endsWith(".md")) return made(file, "text");
  return made(file, PICTURE.test(file) || readFileSync(there).includes(0) ? "copy" : "lines");
}

/** @param {string} file @param {Kind} kind @returns {Target} */
function made(file, kind) {
  return { file, kind };
}

/** The path of a target in the site. A folder's README.md is its first page. @param {Target} target */
export function addressOf({ file, kind }) {
  if (kind === "copy") return file;
  if (kind === "lines") return `${file}.html`;
  if (kind === "folder") return posix.join(file, "index.html");
  return posix.basename(file) === "README.md"
    ? posix.join(posix.dirname(file), "index.html")
    : `${file.slice(0, -3)}.html`;
}

/** A link from one page of the site to another, for a browser that opens files. @param {string} from @param {string} to */
export function linkBetween(from, to) {
  return encodeURI(posix.relative(posix.dirname(from), to) || posix.basename(to));
}

/**
 * A link of a page as the site has it, with its target where that is part of the site; undefined where it leads nowhere.
 * @param {string} root @param {Target} page @param {string} href
 * @returns {{ href: string, target?: Target } | undefined}
 */
export function rewrite(root, page, href) {
  if (href.startsWith("#") || /^[a-z][a-z+.-]*:/i.test(href)) return { href };
  const [path = "", ...rest] = decodeURI(href).split("#");
  const folder = page.kind === "folder" ? page.file : posix.dirname(page.file);
  const target = targetOf(root, posix.join(folder, path));
  if (target === undefined) return undefined;
  const anchor = rest.length > 0 ? `#${rest.join("#")}` : "";
  return { href: linkBetween(addressOf(page), addressOf(target)) + anchor, target };
}
