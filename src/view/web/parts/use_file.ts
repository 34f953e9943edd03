// The recording that is chosen and open; null while there is none.
import { useApp } from "../state/app.ts";
import type { FileFacts } from "../worker/questions.ts";

export function useFile(): { readonly id: string; readonly name: string; readonly facts: FileFacts } | null {
  const { chosen, files } = useApp();
  const { file } = chosen.now.value;
  const entry = files.list.value.find(({ id }) => id === file);
  if (entry === undefined || entry.opening.state !== "open") return null;
  return { id: entry.id, name: entry.name, facts: entry.opening.facts };
}
