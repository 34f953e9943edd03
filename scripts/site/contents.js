// @ts-check
// The list of the site's pages, from the tables of docs/README.md: its order and groups are those of the navigation.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { lexer } from "marked";

/**
 * One page: its file from the project's root, its name in lists, and what it tells.
 * @typedef {{ file: string, name: string, tells: string }} Entry
 * @typedef {{ name: string, entries: Entry[] }} Group
 */

/** The page that lists all others. */
export const CONTENTS = "docs/README.md";

/** The groups of the contents, in their order. @param {string} root @returns {Group[]} */
export function readContents(root) {
  /** @type {Group[]} */
  const groups = [];
  for (const token of lexer(readFileSync(posix.join(root, CONTENTS), "utf8"))) {
    if (token.type === "heading" && token.depth === 2) groups.push({ name: token.text, entries: [] });
    if (token.type !== "table") continue;
    const { rows } = /** @type {import("marked").Tokens.Table} */ (token);
    for (const [page, tells] of rows) groups.at(-1)?.entries.push(entryOf(page, tells));
  }
  return groups;
}

/** @param {import("marked").Tokens.TableCell | undefined} page @param {import("marked").Tokens.TableCell | undefined} tells */
function entryOf(page, tells) {
  const [link] = page?.tokens ?? [];
  if (link?.type !== "link")
    throw new Error(`${CONTENTS}: the row '${page?.text}' does not begin with a link to its page`);
  return {
    file: posix.join(posix.dirname(CONTENTS), link.href),
    name: link.text,
    tells: (tells?.text ?? "").replaceAll("`", ""),
  };
}
