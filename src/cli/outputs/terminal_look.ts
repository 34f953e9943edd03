// Decides how text looks where it is read: colours, width, characters and links, by the conventions of other programs.

/** Variables of an environment by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What is asked of a stream; one that is no terminal has none of it. */
interface LookedAt {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  hasColors?(count: number, env: object): boolean;
}

/** Columns that text is drawn for where nothing else is known, at least, and at most. */
const USUAL_WIDTH = 80;
const NARROWEST = 40;
const WIDEST = 200;

/** COLUMNS where it is a number, else the terminal's width, else 80; from 40 to 200. */
export function widthOf({ isTTY, columns }: LookedAt, { COLUMNS = "" }: Variables): number {
  const given = /^\d{1,5}$/.test(COLUMNS) ? Number(COLUMNS) : 0;
  const known = given > 0 ? given : isTTY === true && columns !== undefined && columns > 0 ? columns : USUAL_WIDTH;
  return Math.min(WIDEST, Math.max(NARROWEST, known));
}

/** Values of FORCE_COLOR that ask for colours, as in Node's getColorDepth; any other forbids them. */
const FORCING: readonly string[] = ["", "1", "true", "2", "3"];

/** FORCE_COLOR decides alone, as in Node; then NO_COLOR, if it is not empty; then the terminal. */
export function hasColours(stream: LookedAt, env: Variables): boolean {
  if (env.FORCE_COLOR !== undefined) return FORCING.includes(env.FORCE_COLOR);
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  const { NO_COLOR, ...others } = env;
  // Some versions of Node take an empty NO_COLOR for a full one.
  return stream.isTTY === true && stream.hasColors?.(8, others) === true;
}

/**
 * True where the locale, or the console of Linux, has only ASCII. A locale that nobody set is not C here: containers and
 * services have none, and show UTF-8 all the same.
 */
export function isAsciiOnly({ LC_ALL, LC_CTYPE, LANG, TERM }: Variables): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== "");
  if (TERM === "linux") return true;
  return locale !== undefined && !/utf-?8/i.test(locale);
}

/** Terminals that show links, by a variable that they set and what it must be. */
const LINKING: Readonly<Record<string, (value: string) => boolean>> = {
  TERM_PROGRAM: (value) => ["iTerm.app", "WezTerm", "vscode", "ghostty", "zed", "Hyper"].includes(value),
  TERM: (value) => /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm)/.test(value),
  VTE_VERSION: (value) => Number(value) > 5000,
  KONSOLE_VERSION: (value) => Number(value) >= 200_400,
  WT_SESSION: () => true,
};

/** FORCE_HYPERLINK decides alone: 0 is off. Otherwise a terminal that is known to show them, with colours, outside of CI. */
export function hasLinks(stream: LookedAt, env: Variables): boolean {
  if (env.FORCE_HYPERLINK !== undefined && env.FORCE_HYPERLINK !== "") return Number(env.FORCE_HYPERLINK) !== 0;
  if (stream.isTTY !== true || !hasColours(stream, env) || (env.CI ?? "") !== "") return false;
  return Object.entries(LINKING).some(([name, shows]) => env[name] !== undefined && shows(env[name]));
}
