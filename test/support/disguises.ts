// What becomes of a captured text before somebody gives it to teemem: terminals, log services, mails, web pages, editors.
import { gzipSync } from "node:zlib";

/** A way in which a text changes. */
export interface Disguise {
  readonly name: string;
  /** Other lines stand between any two: a line that was torn does not find its rest. */
  readonly apart?: boolean;
  readonly apply: (text: string) => Uint8Array;
}

type Edit = (text: string) => string;

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "utf8");
const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");
const eachLine =
  (edit: (line: string, n: number) => string): Edit =>
  (text) =>
    `${linesOf(text).map(edit).join("\n")}\n`;

function clock(n: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(12 + Math.floor(n / 3600))}:${two(Math.floor(n / 60) % 60)}:${two(n % 60)}`;
}

function utf16(text: string, big: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
  return big ? bytes.swap16() : bytes;
}

const quotedCell = (line: string): string => `"${line.replaceAll('"', '""')}"`;
const inPython = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\t", "\\t");
const entryOf = (line: string, n: number) => ({
  __REALTIME_TIMESTAMP: String(1714999201000000 + n * 1e6),
  _HOSTNAME: "board",
  SYSLOG_IDENTIFIER: "optee",
  MESSAGE: n % 3 > 0 ? line : [...Buffer.from(line)],
});

const KERNEL = "[  124.001234] mmc0: new high speed SDHC card at address aaaa";

/** Edits of the text. */
const EDITS: Readonly<Record<string, Edit>> = {
  "CR LF": (text) => text.replaceAll("\n", "\r\n"),
  "CR CR LF": (text) => text.replaceAll("\n", "\r\r\n"),
  "LF CR": (text) => text.replaceAll("\n", "\n\r"),
  "no newline at the end": (text) => text.replace(/\n$/, ""),
  "blanks at the ends of lines": eachLine((line) => `${line}   `),
  "indented by four": eachLine((line) => `    ${line}`),
  "indented by a tab": eachLine((line) => `\t${line}`),
  "mail quote": eachLine((line) => `> ${line}`.trimEnd()),
  "mail quote twice": eachLine((line) => `>> ${line}`),
  "pipe before": eachLine((line) => `| ${line}`),
  ts: eachLine((line, n) => `May  6 ${clock(n)} ${line}`),
  "ts -s": eachLine((line, n) => `${clock(n)} ${line}`),
  "ts with fractions": eachLine((line, n) => `[${clock(n)}.${String(n % 1000).padStart(6, "0")}] ${line}`),
  ISO: eachLine((line, n) => `2024-05-06T${clock(n)}.123Z ${line}`),
  "ISO in brackets": eachLine((line, n) => `[2024-05-06 ${clock(n)}] ${line}`),
  syslog: eachLine((line, n) => `May  6 ${clock(n)} imx8mm-evk optee[${300 + n}]: ${line}`),
  journalctl: eachLine((line, n) => `Mai 06 ${clock(n)} board-2 minicom[412]: ${line}`),
  "docker compose": eachLine((line) => `qemu-1  | ${line}`),
  "docker json": (text) =>
    `${linesOf(text)
      .map((line, n) => JSON.stringify({ log: `${line}\n`, stream: "stdout", time: `2024-05-06T${clock(n)}.1Z` }))
      .join("\n")}\n`,
  "docker -t": eachLine((line, n) => `2024-05-06T${clock(n)}.123456789Z ${line}`),
  "containers of Kubernetes": eachLine((line, n) => `2024-05-06T${clock(n)}.123456789+00:00 stdout F ${line}`),
  "LAVA, YAML": eachLine(
    (line, n) => `- {"dt": "2024-05-06T${clock(n)}.123456", "lvl": "target", "msg": ${JSON.stringify(line)}}`,
  ),
  "LAVA, YAML with single quotes": eachLine(
    (line, n) => `- {dt: '2024-05-06T${clock(n)}.1', lvl: target, msg: '${line.replaceAll("'", "''")}'}`,
  ),
  "LAVA, JSON": eachLine((line, n) =>
    JSON.stringify({ dt: `2024-05-06T${clock(n)}.123456`, lvl: "target", msg: line }),
  ),
  "bytes of Python": eachLine((line) => `b'${inPython(line)}\\r\\n'`),
  "bytes of Python in a log": eachLine(
    (line) => `DEBUG: serialdriver: Read ${line.length} bytes: b'${inPython(line)}\\r\\n', timeout 0.1, size 1`,
  ),
  "bytes of Python in pieces": (text) =>
    `${(text.match(/[\s\S]{1,70}/g) ?? [])
      .map((piece) => `b'${inPython(piece).replaceAll("\n", "\\r\\n")}'`)
      .join("\n")}\n`,
  "a list of Python in one line": (text) =>
    `[${linesOf(text)
      .map((line) => `'${inPython(line)}'`)
      .join(", ")}]\n`,
  "a list of JSON in one line": (text) => `${JSON.stringify(linesOf(text))}\n`,
  "journalctl -o json": eachLine((line, n) => JSON.stringify(entryOf(line, n))),
  "journalctl -o json-pretty": eachLine((line) => JSON.stringify({ _HOSTNAME: "board", MESSAGE: line }, null, "\t")),
  "journalctl -o json-sse": eachLine((line, n) => `data: ${JSON.stringify(entryOf(line, n))}\n`),
  "journalctl -o verbose": eachLine(
    (line, n) => `Mon 2024-05-06 ${clock(n)}.1 UTC [s=a;i=${n};b=5]\n    PRIORITY=6\n    MESSAGE=${line}\n    _PID=412`,
  ),
  "journalctl -o export": eachLine((line, n) => `__REALTIME_TIMESTAMP=17149992${n}\nMESSAGE=${line}\nPRIORITY=6\n`),
  "GitHub Actions": eachLine((line, n) => `2024-05-06T${clock(n)}.1234567Z ${line}`),
  "gh run view": eachLine((line, n) => `build\tRun xtest\t2024-05-06T${clock(n)}.1234567Z ${line}`),
  "GitLab CI": eachLine((line, n) => `2024-05-06T${clock(n)}.123456Z 01O${n % 4 === 3 ? "+" : " "}${line}`),
  Jenkins: eachLine((line, n) => `[2024-05-06T${clock(n)}.123Z] ${line}`),
  Buildkite: eachLine((line, n) => `\u001b_bk;t=17149992${n}\u0007${line}`),
  "CSV, quoted": eachLine((line, n) => `"2024-05-06T${clock(n)}Z","board",${quotedCell(line)}`),
  "CSV, text in the middle": eachLine((line, n) => `${n},${quotedCell(line)},board`),
  "CSV with semicolons": eachLine((line, n) => `2024-05-06 ${clock(n)};board;${quotedCell(line)};6`),
  TSV: eachLine((line, n) => `2024-05-06T${clock(n)}Z\tboard\t${line}`),
  "TSV, quoted": eachLine((line, n) => `${n}\t${quotedCell(line)}\tboard`),
  logfmt: eachLine((line, n) => `time="2024-05-06T${clock(n)}Z" level=info msg=${JSON.stringify(line)} board=3`),
  "a list of YAML": eachLine((line) => `  - ${JSON.stringify(line)}`),
  "a table of Markdown": (text) =>
    `| n | line |\n| --- | --- |\n${eachLine((line, n) => `| ${n} | \`${line}\` |`)(text)}`,
  "a box": (text) =>
    `┌${"─".repeat(130)}┐\n${eachLine((line) => `│ ${line.padEnd(128)} │`)(text)}└${"─".repeat(130)}┘\n`,
  "a box of ASCII": (text) => `+${"-".repeat(130)}+\n${eachLine((line) => `| ${line.padEnd(128)} |`)(text)}`,
  "a table of HTML": eachLine(
    (line, n) => `<tr><td class="n">${n}</td><td>${line.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</td></tr>`,
  ),
  "soft hyphens": eachLine((line) => line.replaceAll(/([a-z]{3})([a-z]{3})|(\d\d)(\d\d)/g, "$1$3\u00ad$2$4")),
  "zero-width spaces": eachLine((line) => line.replaceAll(/([/:_.])/g, "$1\u200b")),
  "marks of direction": eachLine((line) => `\u2066\u202a${line}\u202c\u2069`),
  "wide colons": eachLine((line) => line.replaceAll(":", "：")),
  ligatures: eachLine((line) => line.replaceAll("ff", "ﬀ").replaceAll("fi", "ﬁ").replaceAll("fl", "ﬂ")),
  "hyphens and dashes of an editor": eachLine((line) => line.replaceAll("--", "–").replaceAll("-", "‐")),
  "cat -A": eachLine((line) => `${line.replaceAll("\t", "^I")}^M$`),
  "rsyslog's escapes": eachLine((line, n) => `May  6 ${clock(n)} board optee: ${line.replaceAll("\t", "#011")}#015`),
  "names of the ends of lines": eachLine((line) => `${line}<CR><LF>`),
  "escapes at the ends of lines": eachLine((line) => `${line}\\r\\n`),
  "colours as C writes them": eachLine((line) => `\\033[1;32m${line}\\x1b[0m`),
  "grep -n -A": eachLine((line, n) => `${n + 1}${n % 4 > 0 ? "-" : ":"}${line}`),
  nl: eachLine((line, n) => (line === "" ? "" : `${String(n + 1).padStart(6)}\t${line}`)),
  diff: (text) => `--- a\n+++ b\n@@ -0,0 +1,9 @@\n${eachLine((line) => `+${line}`)(text)}`,
  dmesg: eachLine((line, n) => `[${String(n / 10 + 3).padStart(5)}.${String(n % 1e6).padStart(6, "0")}] ${line}`),
  "dmesg level": eachLine((line, n) => `<6>[ ${100 + n}.123456] (2)[340:tee-supplicant]${line}`),
  minicom: eachLine((line, n) => `[2024-05-06 ${clock(n)}.051] ${line}`),
  tio: eachLine((line, n) => `[${clock(n)}.123] ${line}`),
  grabserial: eachLine((line, n) => `[${n}.123456 0.000${n % 10}12] ${line}`),
  picocom: eachLine((line, n) => `(240807_${clock(n)}.736)${line}`),
  epoch: eachLine((line, n) => `${1714999201 + n}.123456 ${line}`),
  "line numbers": eachLine((line, n) => `${String(n + 1).padStart(6)}\t${line}`),
  "grep with a name": eachLine((line, n) => `board/console.log:${n + 1}:${line}`),
  "Markdown fence": (text) => `What I see:\n\n\`\`\`\n${text}\`\`\`\n`,
  "Markdown quote": eachLine((line) => `>     ${line}`),
  HTML: (text) =>
    `<html><body><pre class="log">${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</pre>\n</body></html>\n`,
  "HTML lines": (text) =>
    `<div>${linesOf(text)
      .map((line) => `<span class="ln">${line.replaceAll(" ", "&nbsp;").replaceAll("\t", "&nbsp;&nbsp;")}</span><br>`)
      .join("\n")}</div>\n`,
  "script(1)": (text) =>
    `Script started on 2024-05-06 12:00:00+00:00 [TERM="xterm" TTY="/dev/pts/3" COLUMNS="120" LINES="40"]\n\u001b]0;root@board: ~\u0007\u001b[?2004hroot@board:~# xtest --stats\r\n\u001b[?2004l\r${text.replaceAll("\n", "\r\n")}\u001b[?2004hroot@board:~# exit\r\n\nScript done on 2024-05-06 12:01:00+00:00 [COMMAND_EXIT_CODE="0"]\n`,
  PuTTY: (text) =>
    `=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2024.05.06 12:00:00 =~=~=~=~=~=~=~=~=~=~=~=\n${text.replaceAll("\n", "\r\n")}`,
  "prompt and echo": (text) => `root@board:~# xtest --stats --alloc\n${text}root@board:~# \n`,
  colours: eachLine((line) => `\u001b[32m\u001b[1m${line}\u001b[0m`),
  "colours without ESC": eachLine((line) => `[0;31m${line}`),
  "cat -v": eachLine((line) => `^[[1m${line}^[[0m^M`),
  "no-break spaces": (text) => text.replaceAll("  ", "\u00a0\u00a0").replaceAll(" %", "\u00a0%"),
  "tabs for blanks": (text) => text.replaceAll(/ {2,}/g, "\t"),
  "blanks squeezed": (text) => text.replaceAll(/[ \t]{2,}/g, " "),
  "a kernel line now and then": (text) =>
    `${linesOf(text)
      .map((line, n) => (n % 5 === 3 ? `${line}\n${KERNEL}` : line))
      .join("\n")}\n`,
  "a kernel line within a line": (text) =>
    `${linesOf(text)
      .map((line, n) => (n % 9 === 4 && line.length > 24 ? `${line.slice(0, 23)}${KERNEL}\n${line.slice(23)}` : line))
      .join("\n")}\n`,
  "wrapped at 40": wrapped(40),
  "wrapped at 72": wrapped(72),
  "wrapped at 80": wrapped(80),
  "wrapped at 80 behind stamps": (text) => wrapped(80)(eachLine((line, n) => `[2024-05-06 ${clock(n)}] ${line}`)(text)),
  ...Object.fromEntries(
    [46, 58, 63, 76, 89, 97, 115].map((width) => [
      `wrapped at ${width} behind stamps`,
      (text: string) => wrapped(width)(eachLine((line, n) => `[2024-05-06 ${clock(n)}.123] ${line}`)(text)),
    ]),
  ),
  "wrapped at 100": wrapped(100),
  "wrapped at 132": wrapped(132),
};

/** Edits after which a text may not be readable: then that must be said. */
const LOSSY: Readonly<Record<string, Edit>> = {
  "lower case": (text) => text.toLowerCase(),
  "upper case": (text) => text.toUpperCase(),
  "cut at two thirds": (text) => text.slice(0, Math.floor((text.length * 2) / 3)),
  "cut in the first line": (text) => text.slice(30),
  "every fifth line lost": (text) =>
    linesOf(text)
      .filter((_, n) => n % 5 !== 3)
      .join("\n"),
  "in hexadecimal": eachLine((line) =>
    line.replace(/(?<=(?:allocated|pool|allocations|failure): {1,40})\d+$/, (digits) => Number(digits).toString(16)),
  ),
  "a bar behind": eachLine((line) => `| ${line.padEnd(90)} |`),
  "in quotes": eachLine((line) => JSON.stringify(line)),
  "thousands with commas": eachLine((line) =>
    line.replace(/(?<![\w.:-])\d{4,9}(?![\w:-])/g, (digits) => Number(digits).toLocaleString("en")),
  ),
  "thousands with points": eachLine((line) =>
    line.replace(/(?<![\w.:-])\d{4,9}(?![\w:-])/g, (digits) => Number(digits).toLocaleString("de")),
  ),
  "words wrapped by a mail at 50": eachLine((line) => line.replace(/(.{20,50}) (?=\S)/g, "$1\n")),
  "all in one line": (text) => text.replaceAll("\n", " "),
  "zeros became letters": (text) => text.replaceAll(/(?<=\d)0(?=\d)/g, "O"),
  "ones became letters": (text) => text.replaceAll(/(?<=\d)1(?=\d)/g, "l"),
  "a digit lost in some lines": eachLine((line, n) =>
    n % 4 === 1 ? line.replace(/(\d)\d(?=\d*$)/, "$1\ufffd") : line,
  ),
  "every blank doubled": (text) => text.replaceAll(" ", "  "),
  "letters of another console between": eachLine((line, n) =>
    n % 6 === 2 ? line.replace(/(?<=^.{12})/, "[ OK ]") : line,
  ),
};

/** A terminal's width: every line is broken there. */
function wrapped(width: number): Edit {
  return (text) =>
    `${linesOf(text)
      .map((line) => line.replaceAll("\t", "        "))
      .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "g")) ?? [""])
      .join("\n")}\n`;
}

/** Those after which not all may be understood. */
export const LOSSY_DISGUISES: readonly Disguise[] = Object.entries(LOSSY).map(([name, edit]) => ({
  name,
  apply: (text) => bytesOf(edit(text)),
}));

/** All after which everything is. */
export const DISGUISES: readonly Disguise[] = [
  ...Object.entries(EDITS).map(([name, edit]) => ({
    name,
    apart: /json-pretty|json-sse|verbose|export/.test(name),
    apply: (text: string) => bytesOf(edit(text)),
  })),
  { name: "UTF-8 with a mark", apply: (text) => bytesOf(`\ufeff${text}`) },
  { name: "UTF-16 with a mark", apply: (text) => utf16(text, false, true) },
  { name: "UTF-16, big end first", apply: (text) => utf16(text, true, true) },
  { name: "UTF-16 without a mark", apply: (text) => utf16(text, false, false) },
  { name: "zero bytes between lines", apply: (text) => bytesOf(text.replaceAll("\n", "\n\u0000")) },
  { name: "gzip", apply: (text) => gzipSync(text) },
];
