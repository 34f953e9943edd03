// A view, once there is what it draws; else why there is not, and what to do.
import type { FileEntry } from "../data/files.ts";
import { Notice, Progress } from "../parts/notice.tsx";
import { useApp } from "../state/app.ts";
import { TimeStrip } from "../timeline/time_strip.tsx";
import type { View } from "./views.ts";

export function Framed({ view: { of, title, Draw } }: { readonly view: View }) {
  const { chosen, files, fleet } = useApp();
  const { file, source } = chosen.now.value;
  if (of === "systems") return <Draw />;
  if (source !== "" && of === "heaps") {
    if (fleet.find(source) !== undefined) return <Draw />;
    return <Notice title={`No system is called ${source}.`} />;
  }
  if (source !== "")
    return (
      <Notice title={`“${title}” needs a recording.`}>
        <p>
          Counters do not tell who holds memory. Make a recording:{" "}
          <code>{`teemem record -o run.arrows --on ${source}`}</code>
        </p>
      </Notice>
    );
  if (file === "")
    return (
      <Notice title="Nothing is chosen.">
        <p>Choose a recording in the column, or drop one here.</p>
      </Notice>
    );
  const entry = files.list.value.find(({ id }) => id === file);
  if (entry === undefined) return <Missing file={file} />;
  if (entry.opening.state !== "open") return <NotOpen entry={entry} />;
  const { cut } = entry.opening.facts;
  return (
    <>
      {cut !== "" && (
        <p class="cut-note" role="note">
          {cut}
        </p>
      )}
      {of === "recording" && <TimeStrip />}
      <Draw />
    </>
  );
}

function Missing({ file }: { readonly file: string }) {
  const dropped = /^dropped-(.*)$/.exec(file)?.[1];
  return (
    <Notice title="The recording of this link is not here.">
      <p>
        {dropped === undefined
          ? "The server does not list it, or has not answered yet."
          : `Drop ${dropped} here. It was not sent anywhere, so it must be opened again.`}
      </p>
    </Notice>
  );
}

function NotOpen({ entry: { id, name, opening } }: { readonly entry: FileEntry }) {
  const { files } = useApp();
  if (opening.state !== "failed")
    return <Progress what={`Opening ${name}`} part={opening.state === "opening" ? opening.part : 0} />;
  return (
    <Notice title={`${name} cannot be read.`}>
      <p class="bad">{opening.error}</p>
      <button type="button" onClick={() => files.open(id)}>
        Try again
      </button>
    </Notice>
  );
}
