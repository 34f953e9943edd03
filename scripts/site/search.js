// @ts-check
// The search of the site, in the browser: every word of the question has to be in a part of a page, its heading or its title.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".search"));
const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
const found = /** @type {HTMLElement} */ (form.querySelector(".found"));
const list = /** @type {HTMLElement} */ (form.querySelector("ol"));

/** @type {[address: string, title: string, sections: [anchor: string, heading: string, words: string][]][]} */
const index = Reflect.get(globalThis, "searchIndex");
const SHOWN = 12;
/** Of a heading, of the title of its page, of the text. */
const WEIGHTS = [16, 4, 1];

const parts = index.flatMap(([address, title, sections]) =>
  sections.map(([anchor, heading, words], n) => ({
    href: n === 0 ? address : `${address}#${anchor}`,
    title,
    heading,
    texts: [heading.toLowerCase(), title.toLowerCase(), words],
  })),
);

/** How well a text has a word: as a whole, as the beginning of one, inside of one, not at all. @param {string} text @param {string} word */
function closeness(text, word) {
  const at = text.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, "u"));
  if (at < 0) return text.includes(word) ? 1 : 0;
  return /^[\p{L}\p{N}]/u.test(text.slice(at + word.length)) ? 2 : 3;
}

/** The sum over the words of their best fit; 0 where a word is missing. @param {readonly string[]} texts @param {readonly string[]} words */
function score(texts, words) {
  const fits = words.map((word) => Math.max(...texts.map((text, n) => closeness(text, word) * (WEIGHTS[n] ?? 1))));
  return fits.includes(0) ? 0 : fits.reduce((sum, one) => sum + one, 0);
}

function show() {
  const words = input.value.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const hits = parts
    .map((part) => ({ ...part, points: words.length === 0 ? 0 : score(part.texts, words) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  list.replaceChildren(...hits.slice(0, SHOWN).map(row));
  const more = hits.length > SHOWN ? `the first ${SHOWN} of ${hits.length}` : `${hits.length || "nothing"}`;
  found.textContent = words.length === 0 ? "" : `Found: ${more}`;
  form.classList.toggle("open", words.length > 0);
}

/** @param {{ href: string, title: string, heading: string }} part */
function row({ href, title, heading }) {
  const link = document.createElement("a");
  link.href = `${form.dataset.root}${href}`;
  const page = document.createElement("small");
  page.textContent = title;
  link.append(heading, ...(heading === title ? [] : [page]));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

form.hidden = false;
input.addEventListener("input", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
});
list.addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  input.focus();
});
document.addEventListener("click", (event) => {
  if (event.target instanceof Node && !form.contains(event.target)) form.classList.remove("open");
});
input.addEventListener("focus", show);

function close() {
  input.value = "";
  show();
}

// The column of pages scrolls on its own: show where this page is in it.
const column = /** @type {HTMLElement} */ (document.querySelector("#pages"));
const here = /** @type {HTMLElement | null} */ (column.querySelector("[aria-current]"));
if (here !== null) column.scrollTop = here.offsetTop - column.clientHeight / 3;
