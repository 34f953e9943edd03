// Takes the marks of HTML and of log files in JSON off a line.

const TAG =
  /<\/?(?:a|b|blockquote|body|br|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|li|meta|ol|p|pre|s|samp|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul)(?:\s[^<>]{0,512})?\/?>/gi;
const ENTITY = /&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,5}|#x[\da-f]{1,4});/gi;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };
const BREAK = /<br\s?\/?>|<\/(?:div|p|li|tr|pre|h[1-6])>/i;
const LAST_BREAK = /(?:<br\s?\/?>|<\/(?:div|p|li|tr|pre|h[1-6])>)\s{0,8}$/i;
/** Where logs in JSON have the text: Docker, journalctl, and what others write. */
const MESSAGES = ["log", "MESSAGE", "message", "msg", "line", "text"];
const TIMES = ["time", "timestamp", "@timestamp", "ts", "date"];

/** True if a text has tags or entities of HTML. */
export function hasMarkup(text: string): boolean {
  return /<(?:\/?pre|br|\/?span|\/?code|\/?div|html)\b|&(?:lt|gt|amp|nbsp|quot);/i.test(text);
}

/** The lines that a browser shows of one line of HTML. */
export function withoutMarkup(line: string): string[] {
  return line
    .replace(LAST_BREAK, "")
    .split(BREAK)
    .map((part) =>
      part.replace(TAG, "").replace(ENTITY, (entity) => {
        const name = entity.slice(1, -1).toLowerCase();
        const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
        return NAMED[name] ?? (code === 160 ? " " : code > 31 && code < 256 ? String.fromCharCode(code) : entity);
      }),
    );
}

/** The text of an entry in JSON, with its time before it; undefined for another line. */
export function jsonText(line: string): string | undefined {
  if (!line.startsWith("{") || !line.endsWith("}")) return undefined;
  const entry = parsed(line);
  if (entry === undefined) return undefined;
  const text = MESSAGES.map((name) => entry[name]).find((value) => typeof value === "string");
  if (typeof text !== "string") return undefined;
  const time = TIMES.map((name) => entry[name]).find((value) => typeof value === "string" || typeof value === "number");
  return `${time === undefined ? "" : `${time} `}${text.replace(/\r?\n$/, "")}`;
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
