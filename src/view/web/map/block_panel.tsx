// What lies at the chosen place of the map: the block or hole, its neighbours, and what lay there before.
import { grouped } from "../../../base/format.ts";
import { lengthText, timeText } from "../parts/figures.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useApp } from "../state/app.ts";
import type { MapFacts } from "../worker/memory_questions.ts";

interface Given {
  readonly file: string;
  readonly heap: number;
  readonly map: MapFacts;
  readonly part: number;
  readonly choose: (part: number) => void;
}

export function BlockPanel({ file, heap, map, part, choose }: Given) {
  const [at, size] = [map.at[part] ?? 0, map.size[part] ?? 0];
  const hole = map.site[part] === -1;
  const mark = map.marks[map.mark[part] ?? -1] ?? "";
  const made = map.made[part] ?? 0;
  return (
    <aside class="block-panel" aria-label="Chosen block">
      <h2>{hole ? "Hole" : map.sites[map.site[part] ?? -1]}</h2>
      <dl>
        <dt>address</dt>
        <dd>
          <code>{hex(hole ? at : (map.address[part] ?? 0))}</code>
        </dd>
        <dt>bytes</dt>
        <dd>{hole ? grouped(size) : `${grouped(map.asked[part] ?? 0)} asked for, ${grouped(size)} taken`}</dd>
        {!hole && (
          <>
            <dt>made</dt>
            <dd>
              {timeText(made, 1)}, {lengthText(map.time - made)} before{mark === "" ? "" : `, in ${mark}`}
            </dd>
          </>
        )}
      </dl>
      <div class="neighbours">
        <Neighbour map={map} part={part - 1} word="before" choose={choose} />
        <Neighbour map={map} part={part + 1} word="behind" choose={choose} />
      </div>
      <History file={file} heap={heap} address={at} size={size} />
    </aside>
  );
}

function Neighbour({ map, part, word, choose }: Pick<Given, "map" | "part" | "choose"> & { readonly word: string }) {
  if (map.at[part] === undefined) return null;
  const name = map.site[part] === -1 ? "hole" : (map.sites[map.site[part] ?? -1] ?? "");
  return (
    <button type="button" class="clip" title={name} onClick={() => choose(part)}>
      {word}: {name}, {grouped(map.size[part] ?? 0)}
    </button>
  );
}

function History(ask: {
  readonly file: string;
  readonly heap: number;
  readonly address: number;
  readonly size: number;
}) {
  const { chosen } = useApp();
  const { value, error, part } = useAnswer("history", ask);
  if (error !== "") return <p class="bad">{error}</p>;
  if (value === undefined || part !== null) return <p class="quiet">Reading what lay here…</p>;
  return (
    <>
      <h2>
        {grouped(value.count)} {value.count === 1 ? "block" : "blocks"} lay here
      </h2>
      <ol class="lives">
        {[...value.lives]
          .sort((a, b) => b.made - a.made)
          .map(({ made, gone, site, size, address }) => (
            <li key={`${made} ${address}`}>
              <button type="button" onClick={() => chosen.choose({ moment: made })}>
                {timeText(made)}
              </button>
              <span class="clip" title={site}>
                {site}
              </span>
              <span class="quiet figure">
                {grouped(size)} bytes, {gone === null ? "still there" : `for ${lengthText(gone - made)}`}
              </span>
            </li>
          ))}
      </ol>
    </>
  );
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
