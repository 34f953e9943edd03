// The picture of the map: what lies under the pointer is said beside it, a click or the arrow keys choose a block.
import { useMemo, useRef, useState } from "preact/hooks";
import { grouped } from "../../../base/format.ts";
import { lengthText } from "../parts/figures.ts";
import { Picture, type Spot } from "../pictures/picture.tsx";
import { Tip } from "../pictures/tip.tsx";
import type { MapFacts } from "../worker/memory_questions.ts";
import { paintMap } from "./map_paint.ts";
import { type MapRows, mapRows, partAt } from "./map_rows.ts";
import { createStripes } from "./stripes.ts";

interface Given {
  readonly map: MapFacts;
  readonly name: string;
  readonly colour: "site" | "age";
  readonly sites: readonly { readonly site: number }[];
  readonly fits: Uint8Array;
  readonly chosen: number;
  readonly choose: (part: number) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -1e9, End: 1e9 };

export function MapPicture({ map, name, colour, sites, fits, chosen, choose }: Given) {
  const rows = useRef<MapRows | null>(null);
  const stripes = useMemo(createStripes, []);
  const [tip, setTip] = useState<{ readonly spot: Spot; readonly part: number } | null>(null);
  const find = ({ x, y }: Spot): number => (rows.current === null ? -1 : partAt(map, rows.current, x, y));
  const ranks: number[] = [];
  for (const [rank, { site }] of sites.entries()) ranks[site] = rank;
  const blocks = map.at.length;
  return (
    <Picture
      label={`Map of the heap: ${blocks} blocks and holes by address. Arrow keys go from one to the next.`}
      name={name}
      class="map"
      paint={(pen) => {
        rows.current = mapRows(map.pools, pen.width, pen.height);
        paintMap(pen, map, rows.current, { colour, ranks, fits, chosen, stripes });
      }}
      onHover={(spot) => setTip(spot === null ? null : { spot, part: find(spot) })}
      onDrag={(spot) => choose(find(spot))}
      onKey={(event) => {
        const step = STEPS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        choose(Math.max(0, Math.min(blocks - 1, chosen + step)));
      }}
    >
      {tip !== null && tip.part >= 0 && tip.part < blocks && (
        <Tip at={tip.spot} width={rows.current?.width ?? 0}>
          <PartText map={map} part={tip.part} fits={fits[tip.part] === 1} />
        </Tip>
      )}
    </Picture>
  );
}

function PartText({ map, part, fits }: { readonly map: MapFacts; readonly part: number; readonly fits: boolean }) {
  const size = grouped(map.size[part] ?? 0);
  const site = map.site[part] ?? -1;
  if (site === -1) return <span>{`hole of ${size} bytes: the request ${fits ? "fits" : "does not fit"}`}</span>;
  return (
    <span>
      <b>{map.sites[site]}</b> {size} bytes, {lengthText(map.time - (map.made[part] ?? 0))} old
    </span>
  );
}
