// The timeline of a recording or of a live system: what is in use over time, marks, and the secure console beside it.

import { useFile } from "../parts/use_file.ts";
import { useApp } from "../state/app.ts";
import { FileTimeline } from "./file_timeline.tsx";
import { LiveTimeline } from "./live_timeline.tsx";

export function TimelineView() {
  const { chosen, fleet } = useApp();
  const { source } = chosen.now.value;
  const file = useFile();
  const system = source === "" ? undefined : fleet.find(source);
  if (system !== undefined) return <LiveTimeline key={source} system={system} />;
  return file === null ? null : <FileTimeline key={file.id} file={file.id} name={file.name} facts={file.facts} />;
}
