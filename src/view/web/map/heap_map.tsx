// The map of a heap at a moment: every block and hole over its addresses.
import { useMemo, useState } from "preact/hooks";
import { holeFit, type MemoryRequest } from "../../../analyze/ranges/hole_fits.ts";
import { counted, grouped } from "../../../base/format.ts";
import { type ChosenHeap, heapTitle } from "../memory/chosen_heap.ts";
import { ofHeap } from "../memory/of_heap.tsx";
import { Pick } from "../memory/pick.tsx";
import { TimeField } from "../memory/time_field.tsx";
import { Waiting } from "../memory/waiting.tsx";
import { useLatest } from "../parts/use_latest.ts";
import { useApp } from "../state/app.ts";
import type { MapFacts } from "../worker/memory_questions.ts";
import { BlockPanel } from "./block_panel.tsx";
import { Legend } from "./legend.tsx";
import { MapPicture } from "./map_picture.tsx";
import { partOver } from "./map_rows.ts";
import { RequestFields } from "./request_fields.tsx";
import { Scrubber } from "./scrubber.tsx";

const COLOUR_WORDS = { site: "call site", age: "age" } as const;

export const HeapMap = ofHeap(({ of }: { readonly of: ChosenHeap }) => {
  const { chosen } = useApp();
  const { heap, file, range } = of;
  const moment = chosen.now.value.moment ?? heap.peak.time;
  const [request, setRequest] = useState<MemoryRequest>({ size: 800, alignment: 0 });
  const [colour, setColour] = useState<keyof typeof COLOUR_WORDS>("site");
  const [place, setPlace] = useState<{ readonly pool: number; readonly at: number } | null>(null);
  const { value: map, error, waits } = useLatest("map", { file, heap: heap.key, time: moment });
  const fits = useMemo(() => (map === undefined ? new Uint8Array(0) : fitsOf(map, request)), [map, request]);
  const sites = useMemo(() => (map === undefined ? [] : sitesOf(map)), [map]);
  const put = (time: number, kind: "step" | "move"): void => chosen.choose({ moment: time }, kind);
  const part = map === undefined || place === null ? -1 : partOver(map, place.pool, place.at);
  const choose = (n: number): void =>
    setPlace(map?.at[n] === undefined ? null : { pool: map.pool[n] ?? 0, at: map.at[n] });
  const span = { from: Math.min(range.from, moment), to: Math.max(range.to, moment) };
  return (
    <div class="memory-view">
      <div class="toolbar range-line">
        <b class="clip">{heapTitle(heap)}</b>
        <TimeField label="Moment" time={moment} choose={(time) => put(time, "step")} />
        <button type="button" onClick={() => put(heap.peak.time, "step")}>
          To the peak
        </button>
        <Pick label="Colours:" value={colour} words={COLOUR_WORDS} choose={setColour} />
        <RequestFields request={request} put={setRequest} />
      </div>
      <Scrubber range={span} moment={moment} put={(time) => put(time, "move")} waits={waits} />
      {error !== "" && <Waiting what="Reading the moment" part={null} error={error} />}
      {map !== undefined && (
        <>
          <MapSums map={map} fits={fits} request={request} />
          <div class="map-and-panel">
            <div class="map-side">
              <MapPicture
                map={map}
                name={`map-${heapTitle(heap)}`}
                colour={colour}
                sites={sites}
                fits={fits}
                chosen={part}
                choose={choose}
              />
              <Legend colour={colour} sites={sites} />
            </div>
            {part >= 0 && <BlockPanel file={file} heap={heap.key} map={map} part={part} choose={choose} />}
          </div>
        </>
      )}
    </div>
  );
}, "addresses");

function MapSums({
  map,
  fits,
  request,
}: {
  readonly map: MapFacts;
  readonly fits: Uint8Array;
  readonly request: MemoryRequest;
}) {
  const holes = map.site.reduce((sum, site) => sum + Number(site === -1), 0);
  const free = map.site.reduce((sum, site, n) => sum + (site === -1 ? (map.size[n] ?? 0) : 0), 0);
  const fitting = fits.reduce((sum, one) => sum + one, 0);
  const blocks = map.at.length - holes;
  return (
    <p class="sum-line map-sums" data-time={map.time} data-blocks={blocks} data-holes={holes}>
      {counted(blocks, "block")}, {counted(holes, "hole")} with {grouped(free)} bytes free.{" "}
      <b>
        {fitting === 0
          ? `A request of ${grouped(request.size)} bytes fits in no hole.`
          : `A request of ${grouped(request.size)} bytes fits in ${counted(fitting, "hole")}.`}
      </b>
    </p>
  );
}

function fitsOf(map: MapFacts, request: MemoryRequest): Uint8Array {
  const place = holeFit(map.shape, request);
  return Uint8Array.from(map.site, (site, n) =>
    site === -1 && place({ at: map.at[n] ?? 0, size: map.size[n] ?? 0 }) >= 0 ? 1 : 0,
  );
}

/** Call sites and their bytes, the most first. */
function sitesOf(map: MapFacts): { readonly name: string; readonly bytes: number; readonly site: number }[] {
  const bytes = map.sites.map(() => 0);
  for (let part = 0; part < map.site.length; part++) {
    const site = map.site[part] as number;
    if (site >= 0) bytes[site] = (bytes[site] ?? 0) + (map.size[part] as number);
  }
  const all = map.sites.map((name, site) => ({ name, bytes: bytes[site] ?? 0, site }));
  return all.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}
