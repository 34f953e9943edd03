// Text for terminals that have only ASCII.

/** What stands for each drawn character: of the same width, so that tables stay in line. */
const PLAIN: Readonly<Record<string, string>> = {
  // Bars, and their last eighths.
  ...each("█▉▊▋▌", "#"),
  ...each("▍▎", "="),
  ...each("▏▕│┤", "|"),
  // Heights, from low to high.
  ...each("▁▂", "_"),
  ...each("▃▄", "-"),
  ...each("▅▆", "="),
  ...each("▇■", "#"),
  // Shades, from light to dark.
  ...each("░", ":"),
  ...each("▒", "+"),
  ...each("▓", "%"),
  ...each("·", "."),
  ...each("•●", "*"),
  ...each("○", "o"),
  ...each("╵", "'"),
  ...each("▲↑", "^"),
  ...each("↓", "v"),
  ...each("→›", ">"),
  ...each("✓√", "+"),
  ...each("✗✕×", "x"),
  ...each("─–—−", "-"),
  ...each("≤", "<"),
  ...each("≥", ">"),
  ...each("±…", "~"),
  ...each("‘’", "'"),
  ...each("“”", '"'),
  ...each("²", "2"),
  ...each("³", "3"),
};

/** Text with ASCII for every character that we draw with; names from outside stay as they are. */
export function asciiText(text: string): string {
  return text.replace(/[^ -~]/g, (character) => PLAIN[character] ?? character);
}

function each(characters: string, plain: string): Record<string, string> {
  return Object.fromEntries(Array.from(characters, (character) => [character, plain]));
}
