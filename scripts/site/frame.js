// @ts-check
// What stands around the content of each page: head, search, navigation, and the ways to the pages before and after.
import { linkBetween } from "./addresses.js";

/**
 * A page of the navigation, and a page with its content.
 * @typedef {{ address: string, name: string, tells: string }} Place
 * @typedef {{ name: string, places: Place[] }} PlaceGroup
 * @typedef {{ address: string, title: string, html: string, parts: { anchor: string, heading: string }[] }} Content
 */

/** The first page, and the page that lists all. */
const HOME = "index.html";
const ALL = "docs/index.html";

/** The files beside the pages. */
export const FILES = { style: "site.css", search: "search.js", index: "search_index.js" };

/** A whole page. @param {Content} page @param {readonly PlaceGroup[]} groups */
export function frame({ address, title, html, parts }, groups) {
  const to = (/** @type {string} */ there) => linkBetween(address, there);
  const places = groups.flatMap((group) => group.places);
  const at = places.findIndex((place) => place.address === address);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === "teemem" ? title : `${escapeHtml(title)} – teemem`}</title>
<link rel="stylesheet" href="${to(FILES.style)}">
<script defer src="${to(FILES.index)}"></script>
<script defer src="${to(FILES.search)}"></script>
</head>
<body>
<header>
<a class="home" href="${to(HOME)}">teemem</a>
<form class="search" role="search" data-root="${to(HOME).slice(0, -HOME.length)}" hidden>
<input type="search" name="words" aria-label="Search these pages" placeholder="Search ( / )" autocomplete="off">
<p class="found" role="status"></p>
<ol></ol>
</form>
<a class="all" href="#pages">Pages</a>
</header>
<main>
${html}
${at < 0 ? "" : neighbours(places[at - 1], places[at + 1], to)}
</main>
<nav id="pages" aria-label="Pages">
${groups.map((group) => groupOf(group, address, parts, to)).join("\n")}
<p><a href="${to(ALL)}"${current(address === ALL)}>All pages, with a line about each</a></p>
</nav>
</body>
</html>
`;
}

/** @param {PlaceGroup} group @param {string} address @param {Content["parts"]} parts @param {(there: string) => string} to */
function groupOf(group, address, parts, to) {
  const items = group.places.map((place) => {
    const here = place.address === address;
    const link = `<a href="${to(place.address)}"${current(here)}>${escapeHtml(place.name)}</a>`;
    return `<li>${link}${here && parts.length > 0 ? partsOf(parts) : ""}</li>`;
  });
  return `<h2>${escapeHtml(group.name)}</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

/** @param {Content["parts"]} parts */
function partsOf(parts) {
  const items = parts.map(({ anchor, heading }) => `<li><a href="#${anchor}">${escapeHtml(heading)}</a></li>`);
  return `\n<ul>\n${items.join("\n")}\n</ul>\n`;
}

/** @param {Place | undefined} before @param {Place | undefined} after @param {(there: string) => string} to */
function neighbours(before, after, to) {
  const link = (/** @type {string} */ rel, /** @type {Place | undefined} */ place) =>
    place === undefined
      ? ""
      : `<a rel="${rel}" href="${to(place.address)}">${escapeHtml(place.name)}<small>${escapeHtml(place.tells)}</small></a>`;
  return `<nav class="neighbours" aria-label="Before and after">${link("prev", before)}${link("next", after)}</nav>`;
}

/** @param {boolean} here */
function current(here) {
  return here ? ' aria-current="page"' : "";
}

/** Text as HTML. @param {string} text */
export function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
