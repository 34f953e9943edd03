// @ts-check
// One page of text: its HTML, its headings, and the words below each of them.
import { Marked } from "marked";
import { escapeHtml } from "./frame.js";

const LONG_WORD = 36;

/**
 * A heading and the words up to the next one.
 * @typedef {{ depth: number, anchor: string, heading: string, words: string }} Section
 * @typedef {{ title: string, html: string, sections: Section[] }} TextPage
 */

/**
 * Reads a page. `rewrite` gives each link of it as the site has it; `nameOf` the name of the page that it leads to, which replaces
 * the name of a file in its text.
 * @param {string} text @param {(href: string) => string} rewrite @param {(href: string) => string | undefined} nameOf
 * @returns {TextPage}
 */
export function readTextPage(text, rewrite, nameOf) {
  /** @type {Section[]} */
  const sections = [];
  /** @type {Map<string, number>} */
  const seen = new Map();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const inner = this.parser.parseInline(tokens);
        const heading = plain(inner);
        const anchor = anchorOf(heading, seen);
        sections.push({ depth, anchor, heading, words: "" });
        const linked = depth === 1 || inner.includes("<a ") ? inner : `<a href="#${anchor}">${inner}</a>`;
        return `<h${depth} id="${anchor}">${linked}</h${depth}>\n`;
      },
      link({ href, title, tokens }) {
        const own = this.parser.parseInline(tokens);
        const inner = own.endsWith(".md") ? escapeHtml(nameOf(href) ?? own) : own;
        return `<a href="${escapeHtml(rewrite(href))}"${title ? ` title="${escapeHtml(title)}"` : ""}>${inner}</a>`;
      },
      image({ href, text: alt }) {
        return `<img src="${escapeHtml(rewrite(href))}" alt="${escapeHtml(alt)}">`;
      },
      html({ text: html }) {
        return html.replace(/\b(src|srcset|href)="([^"]*)"/g, (_, name, href) => `${name}="${rewrite(href)}"`);
      },
      codespan: ({ text: code }) => `<code>${code.split(" ").map(wordOfCode).join(" ")}</code>`,
      // What scrolls can be reached with the keyboard.
      code: ({ text: code }) => `<pre tabindex="0"><code>${escapeHtml(code)}\n</code></pre>\n`,
    },
    hooks: {
      postprocess: (html) =>
        html
          .replaceAll("<table>", '<div class="table" tabindex="0" role="group" aria-label="Table"><table>')
          .replaceAll("</table>", "</table></div>"),
    },
  });
  const html = /** @type {string} */ (marked.parse(text));
  html.split(/<h[1-6] /).forEach((part, n) => {
    const section = sections[n - 1];
    if (section !== undefined) section.words = wordsOf(plain(part.slice(part.indexOf("</h") + 5)));
  });
  return { title: sections.find(({ depth }) => depth === 1)?.heading ?? "", html, sections };
}

/** A word in code font, which a browser must not break at its hyphens unless it is long. @param {string} word */
function wordOfCode(word) {
  return word.includes("-") && word.length < LONG_WORD ? `<span>${escapeHtml(word)}</span>` : escapeHtml(word);
}

/** The anchor that GitHub gives a heading, so that links work in both places. @param {string} heading @param {Map<string, number>} seen */
function anchorOf(heading, seen) {
  const name = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
  const times = seen.get(name) ?? 0;
  seen.set(name, times + 1);
  return times === 0 ? name : `${name}-${times}`;
}

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** Text of HTML. @param {string} html */
function plain(html) {
  return html.replace(/<[^<>]*>/g, "").replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** Each word once, in small letters. @param {string} text */
function wordsOf(text) {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu))].filter((word) => word.length > 1).join(" ");
}
