// Lines of a shell as documents have them.
import { expect, test } from "vitest";
import { shellCommands } from "./shell_words.ts";

test("words, quotes, variables, operators, files and comments", () => {
  const text = [
    "A=1 teemem stats --cfg 'B=y C=n' \\",
    "  --json | jq '.a | .b' >out 2>&1   # teemem nothing",
    "make && teemem report x; source <(teemem completion bash)",
  ];
  expect(shellCommands(text.join("\n"))).toEqual([
    { variables: ["A=1"], words: ["teemem", "stats", "--cfg", "B=y C=n", "--json"], piped: false },
    { variables: [], words: ["jq", ".a | .b"], piped: true },
    { variables: [], words: ["make"], piped: false },
    { variables: [], words: ["teemem", "report", "x"], piped: false },
    { variables: [], words: ["source"], piped: false },
    { variables: [], words: ["teemem", "completion", "bash"], piped: false },
  ]);
});
