// What the page may ask the server to do with a live system. Each gives why it was not done; empty if it was.
import type { LiveSites } from "../../../live/state/fleet.ts";

export interface SystemActions {
  /** Sets maxima and counters of failures back. */
  reset(system: string): Promise<string>;
  /** Silences an alarm until then, in milliseconds on the clock of the fleet; null ends that. */
  silence(system: string, rule: string, heap: string, until: number | null): Promise<string>;
  /** Live blocks of a heap by call site, or why they are not known. */
  blocks(system: string, heap: string): Promise<LiveSites | string>;
}

/** Actions of the server that the page came from. */
export function serverActions(base: string): SystemActions {
  const post = async (path: string, body: unknown): Promise<string> => {
    const headers = { "content-type": "application/json" };
    const answer = await ask(new URL(path, base), { method: "POST", headers, body: JSON.stringify(body) });
    return typeof answer === "string" ? answer : "";
  };
  return {
    reset: (system) => post("api/reset", { system }),
    silence: (system, rule, heap, until) => post("api/silence", { system, rule, heap, until }),
    async blocks(system, heap) {
      const url = new URL("api/blocks", base);
      url.searchParams.set("system", system);
      url.searchParams.set("heap", heap);
      const answer = await ask(url);
      return typeof answer === "string" ? answer : ((await answer.json()) as LiveSites);
    },
  };
}

/** The answer, or a sentence where there is none or it says no. */
async function ask(url: URL, options?: RequestInit): Promise<Response | string> {
  const answer = await fetch(url, options).catch(() => null);
  if (answer === null) return "The server does not answer.";
  return answer.ok ? answer : (await answer.text()).trim() || `The server answers ${answer.status}.`;
}
