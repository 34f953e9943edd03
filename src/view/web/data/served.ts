// Keeps the list of the server's recordings fresh: growing ones grow, new ones come.
import type { Files } from "./files.ts";
import { type ListedFile, servedFiles } from "./new_files.ts";

const PERIOD_MS = 10_000;

/** Asks now and then, and not while the page is hidden. A server that does not answer is asked again. */
export function followServer(files: Files, base: string): void {
  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(new URL("api/files", base));
      if (answer.ok) files.add(servedFiles((await answer.json()) as ListedFile[], base));
    } catch {
      // The header says that the server is gone, as the live stream notices it, too.
    }
  };
  void ask();
  setInterval(() => {
    if (!document.hidden) void ask();
  }, PERIOD_MS);
}
