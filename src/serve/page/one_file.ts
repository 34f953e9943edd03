// The page as one file: its script, its style and its recordings inside. It asks for nothing, and may not.
import { createHash } from "node:crypto";
import type { PageBundle } from "./bundle.ts";
import { embeddedJson } from "./embedded_json.ts";

/** A recording on its way into the file. */
interface InlineRecording {
  readonly name: string;
  /** Its bytes, in parts of any size. */
  readonly bytes: Iterable<Uint8Array>;
  /** Its index; empty where the page makes it. */
  readonly index: Uint8Array;
}

const DATA = /(<script type="application\/json" id="teemem">)[^<]*(<\/script>)/;
const CHARSET = '<meta charset="utf-8">';

/** The file in parts, in order. Its policy goes by checksums: nothing else in it can run. */
export function* oneFile({ html, files }: PageBundle, recordings: Iterable<InlineRecording>): Generator<string> {
  const [scripts, styles]: [string[], string[]] = [[], []];
  let whole = html;
  for (const [name, { bytes }] of files) {
    const text = new TextDecoder().decode(bytes);
    if (name.endsWith(".js"))
      whole = instead(
        whole,
        name,
        ["<script", "</script>"],
        `<script type="module">${kept(scripts, inlineScript(text))}</script>`,
      );
    if (name.endsWith(".css")) whole = instead(whole, name, ["<link", ">"], `<style>${kept(styles, text)}</style>`);
  }
  // Before all that it governs.
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(scripts, styles)}">`;
  whole = whole.replace(CHARSET, () => `${CHARSET}\n    ${meta}`);
  const [before = "", open = "", close = "", after = ""] = whole.split(DATA);
  yield `${before}${open}{"mode":"report","recordings":[`;
  let first = true;
  for (const { name, bytes, index } of recordings) {
    yield `${first ? "" : ","}{"name":${embeddedJson(name)},"bytes":"`;
    yield* base64(bytes);
    yield `","index":"${Buffer.from(index).toString("base64")}"}`;
    first = false;
  }
  yield `]}${close}${after}`;
}

/** Code in a form in which it neither ends its element nor begins a comment in it. Both stand in strings and patterns alone. */
export function inlineScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, "\\x3c");
}

/** The HTML with something else in the place of the element that asks for a file. */
function instead(html: string, file: string, [open, close]: readonly [string, string], other: string): string {
  const at = html.indexOf(`"./${file}"`);
  if (at < 0) return html;
  return html.slice(0, html.lastIndexOf(open, at)) + other + html.slice(html.indexOf(close, at) + close.length);
}

function kept(list: string[], text: string): string {
  list.push(text);
  return text;
}

function policy(scripts: readonly string[], styles: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${sums(scripts)} 'wasm-unsafe-eval'`,
    `style-src ${sums(styles)}`,
    "img-src data: blob:",
    "worker-src blob: data:",
    "connect-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function sums(texts: readonly string[]): string {
  return texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
}

/** Base64 of bytes in parts: three bytes are four letters, so what is over waits for the next part. */
function* base64(parts: Iterable<Uint8Array>): Generator<string> {
  let over: Uint8Array = new Uint8Array();
  for (const part of parts) {
    const bytes = over.length === 0 ? part : Buffer.concat([over, part]);
    const whole = bytes.length - (bytes.length % 3);
    yield Buffer.from(bytes.buffer, bytes.byteOffset, whole).toString("base64");
    over = Uint8Array.from(bytes.subarray(whole));
  }
  yield Buffer.from(over).toString("base64");
}
