// Collects the fragments of changelog/: `npm run changelog` shows the next release, `npm run changelog -- 0.2.0` writes it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Kinds of changes, in the order of CHANGELOG.md. */
const KINDS = ["added", "changed", "fixed", "removed"];
const MAX_LINES = 5;
const MAX_WIDTH = 130;
const UNRELEASED = "## [Unreleased]\n";

/**
 * Reads a fragment. Throws where it is not well-formed: the message begins with its name.
 * @param {string} name @param {string} text
 */
export function parseFragment(name, text) {
  const wrong = (/** @type {string} */ what) => new Error(`changelog/${name}: ${what}`);
  if (!/^\d{4}-[a-z0-9]+(_[a-z0-9]+)*\.md$/.test(name)) throw wrong("name it like 0007-short_name.md");
  const [kind = "", empty, ...lines] = text.trimEnd().split("\n");
  if (!KINDS.includes(kind)) throw wrong(`the first line is one of ${KINDS.join(", ")}`);
  if (empty !== "" || lines.length === 0) throw wrong("an empty line and the text follow the kind");
  if (lines.length > MAX_LINES) throw wrong(`at most ${MAX_LINES} lines of text`);
  if (lines.some((line) => line.trim() === "" || line.length > MAX_WIDTH))
    throw wrong(`no empty line in the text, and none of more than ${MAX_WIDTH} characters`);
  if (!/^[A-Z`]/.test(lines[0] ?? "") || !/\.$/.test(lines.at(-1) ?? "")) throw wrong("the text is whole sentences");
  return { kind, item: `- ${lines.map((line) => line.trim()).join("\n  ")}` };
}

/**
 * CHANGELOG.md with the fragments in it, as a release of this version and day; what stood under Unreleased is in it, too.
 * @param {string} changelog @param {ReadonlyMap<string, string>} fragments @param {string} version @param {string} day
 */
export function release(changelog, fragments, version, day) {
  if (changelog.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md has a release ${version} already`);
  const start = changelog.indexOf(UNRELEASED);
  if (start < 0) throw new Error(`CHANGELOG.md has no '${UNRELEASED.trim()}'`);
  const from = start + UNRELEASED.length;
  const next = changelog.indexOf("\n## [", from);
  const end = next < 0 ? changelog.length : next + 1;
  const items = [...fragments].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => parseFragment(name, text));
  const body = KINDS.flatMap((kind) => {
    const title = `### ${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    const had = sectionOf(changelog.slice(from, end), title);
    const texts = [...(had === "" ? [] : [had]), ...items.filter((item) => item.kind === kind).map(({ item }) => item)];
    return texts.length === 0 ? [] : [`${title}\n\n${texts.join("\n")}\n`];
  }).join("\n");
  return `${changelog.slice(0, from)}\n## [${version}] - ${day}\n\n${body}${next < 0 ? "" : "\n"}${changelog.slice(end)}`;
}

/** @param {string} text @param {string} title */
function sectionOf(text, title) {
  const at = text.indexOf(`${title}\n`);
  if (at < 0) return "";
  const rest = text.slice(at + title.length);
  const next = rest.indexOf("\n### ");
  return rest.slice(0, next < 0 ? rest.length : next).trim();
}

/** Names and texts of the fragments in a folder. @param {string} folder */
export function readFragments(folder) {
  const names = readdirSync(folder).filter((name) => name !== "README.md");
  return new Map(names.map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const fragments = readFragments(`${root}changelog`);
  const [version] = process.argv.slice(2);
  const written = release(readFileSync(`${root}CHANGELOG.md`, "utf8"), fragments, version ?? "next", today());
  if (version === undefined) process.stdout.write(written.slice(written.indexOf("## [next]")));
  else {
    writeFileSync(`${root}CHANGELOG.md`, written);
    for (const name of fragments.keys()) rmSync(`${root}changelog/${name}`);
  }
}

function today() {
  return new Date().toISOString().slice(0, 10);
}
