// Takes the marks of HTML, XML and Markdown off a line.

const TAG =
  /<\/?(?:a|b|blockquote|body|br|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|li|meta|ol|p|pre|s|samp|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul|wbr)(?:\s[^<>]{0,512})?\/?>/gi;
/** Between two cells of a table. */
const CELL = /<\/t[dh]>\s{0,16}(?=<t[dh][\s>])/gi;
const ENTITY = /&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,5}|#x[\da-f]{1,4});/gi;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };
const BREAK = /<br\s?\/?>|<\/(?:div|p|li|tr|pre|h[1-6])>/i;
const LAST_BREAK = /(?:<br\s?\/?>|<\/(?:div|p|li|tr|pre|h[1-6])>)\s{0,8}$/i;

/** True if a text has tags or entities of HTML, or emphasis of Markdown. */
export function hasMarkup(text: string): boolean {
  return /<(?:\/?pre|br|\/?span|\/?code|\/?div|html|\/?td|wbr)\b|&(?:lt|gt|amp|nbsp|quot);|\*\*/i.test(text);
}

/** The lines that a browser shows of one line of HTML. */
export function withoutMarkup(line: string): string[] {
  return line
    .replace(LAST_BREAK, "")
    .split(BREAK)
    .map((part) =>
      part
        .replaceAll("**", "")
        .replace(CELL, " | ")
        .replace(TAG, "")
        .replace(ENTITY, (entity) => {
          const name = entity.slice(1, -1).toLowerCase();
          const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
          return NAMED[name] ?? (code === 160 ? " " : code > 31 && code < 256 ? String.fromCharCode(code) : entity);
        }),
    );
}
