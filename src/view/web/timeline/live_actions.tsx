// Above the timeline of a live system: its alarms, and what it can be asked to do.
import { useSignal } from "@preact/signals";
import { counted } from "../../../base/format.ts";
import type { LiveSites } from "../../../live/state/fleet.ts";
import type { AlarmState, HeapState, SystemState } from "../../../live/state/state.ts";
import { bytesText } from "../parts/figures.ts";
import { clockText } from "../parts/time_words.ts";
import { useApp } from "../state/app.ts";

const HOUR = 3_600_000;
const MICRO = 1000;

interface Given {
  readonly system: SystemState;
  readonly heap: HeapState | undefined;
}

export function LiveActions({ system, heap }: Given) {
  const { actions } = useApp();
  const said = useSignal("");
  const found = useSignal<{ readonly of: string; readonly sites: LiveSites } | null>(null);
  const { alarms, can, name } = system;
  if (actions === null || (alarms.length === 0 && !can.resetMaxima && !can.liveBlocks)) return null;
  const tell = async (answer: Promise<string>): Promise<void> => {
    said.value = await answer;
  };
  const look = async (of: HeapState): Promise<void> => {
    const answer = await actions.blocks(name, of.key);
    said.value = typeof answer === "string" ? answer : "";
    found.value = typeof answer === "string" ? null : { of: of.name, sites: answer };
  };
  return (
    <section class="live-actions" aria-label="Alarms and actions">
      {alarms.map((alarm) => (
        <AlarmLine
          key={`${alarm.rule} ${alarm.heap}`}
          alarm={alarm}
          epoch={system.epoch}
          silence={(until) => void tell(actions.silence(name, alarm.rule, alarm.heap, until))}
        />
      ))}
      <p class="buttons">
        {can.resetMaxima && (
          <button type="button" onClick={() => void tell(actions.reset(name))}>
            Set maxima back
          </button>
        )}
        {can.liveBlocks && heap !== undefined && (
          <button type="button" onClick={() => void look(heap)}>{`Live blocks of ${heap.name}`}</button>
        )}
        {said.value !== "" && <span role="status">{said.value}</span>}
      </p>
      {found.value !== null && <SiteTable {...found.value} close={() => (found.value = null)} />}
    </section>
  );
}

interface AlarmGiven {
  readonly alarm: AlarmState;
  readonly epoch: number;
  readonly silence: (until: number | null) => void;
}

function AlarmLine({ alarm: { rule, text, since, silencedUntil }, epoch, silence }: AlarmGiven) {
  return (
    <p>
      <b class="alarm">{rule}</b> {text}
      <span class="quiet">, since {clockText(since * MICRO, epoch).slice(0, 8)}</span>{" "}
      {silencedUntil === null ? (
        <button type="button" onClick={() => silence(Date.now() - epoch + HOUR)}>
          Silence for an hour
        </button>
      ) : (
        <button type="button" onClick={() => silence(null)}>
          {`Silent until ${clockText(silencedUntil * MICRO, epoch).slice(0, 5)}; end that`}
        </button>
      )}
    </p>
  );
}

interface SitesGiven {
  readonly of: string;
  readonly sites: LiveSites;
  readonly close: () => void;
}

function SiteTable({ of, sites: { sites, bytes }, close }: SitesGiven) {
  return (
    <div class="live-sites">
      <table>
        <caption>
          {`${of}: ${counted(sites.length, "call site")}, bytes ${bytes === "taken" ? "with headers" : "as they were asked for"} `}
          <button type="button" onClick={close}>
            Close
          </button>
        </caption>
        <thead>
          <tr>
            <th scope="col">bytes</th>
            <th scope="col">blocks</th>
            <th scope="col">call site</th>
          </tr>
        </thead>
        <tbody>
          {sites.map((one) => (
            <tr key={one.site}>
              <td class="figure">{bytesText(one.bytes)}</td>
              <td class="figure">{bytesText(one.blocks)}</td>
              <td>{one.site}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
