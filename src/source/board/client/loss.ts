// What became of a command when its connection was lost: a reboot ended it, or its board did when nobody listened any more.
import type { Shell } from "../shell/shell.ts";
import { UPTIME_COMMAND, uptimeIn } from "../shell/uptime.ts";

/** Asks when it begins, so that it can tell in the end. The sentence takes why the connection was lost. */
export async function lossOf(shell: Shell): Promise<(why: string) => Promise<string>> {
  const before = await uptimeOf(shell);
  return async (why) => {
    const now = await uptimeOf(shell);
    if (now === undefined) return `${shell.lost || why}; it is not known what became of the command. ${KEPT}`;
    if (before === undefined) return `${why}; it ended the command. ${KEPT}`;
    if (now < before) return `the board has rebooted, which ended the command. ${KEPT}`;
    return `${why}. The board has not rebooted; it ends a command whose connection is lost. ${KEPT}`;
  };
}

const KEPT = "What was seen until then is kept";

async function uptimeOf(shell: Shell): Promise<number | undefined> {
  const answer = await shell.run(UPTIME_COMMAND);
  return answer.ok ? uptimeIn(new TextDecoder().decode(answer.value.out)) : undefined;
}
