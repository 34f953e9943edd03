// What checkers noticed, beside the timeline: a click chooses the moment, and shows where it was and what it concerns.
import { useMemo, useState } from "preact/hooks";
import { type FindingGroup, groupFindings } from "../../../analyze/findings/finding_group.ts";
import {
  findingStacks,
  findingTitle,
  isError,
  lineToMend,
  objectWords,
} from "../../../analyze/findings/finding_words.ts";
import { counted } from "../../../base/format.ts";
import { timeText } from "../parts/figures.ts";
import { useApp } from "../state/app.ts";
import type { FileFacts } from "../worker/questions.ts";

export function FindingList({ facts }: { readonly facts: FileFacts }) {
  const { chosen } = useApp();
  const [open, setOpen] = useState(-1);
  const groups = useMemo(() => groupFindings(facts.findings), [facts]);
  if (groups.length === 0) return null;
  const choose = (n: number, { first }: FindingGroup): void => {
    setOpen(open === n ? -1 : n);
    const heap = facts.heaps.find(({ name, instance }) => name === `ta-${first.uuid}` && instance === first.instance);
    chosen.choose({ moment: first.time, ...(heap === undefined ? {} : { heap: String(heap.key) }) });
  };
  return (
    <section class="findings" aria-label="Findings">
      <h2>
        Findings <span class="quiet">{counted(groups.length, "place")}</span>
      </h2>
      <ol>
        {groups.map((group, n) => (
          <li key={`${group.first.time} ${group.first.finding.kind} ${group.first.finding.stack}`}>
            <Line group={group} open={open === n} choose={() => choose(n, group)} />
            {open === n && <Detail group={group} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface LineGiven {
  readonly group: FindingGroup;
  readonly open: boolean;
  readonly choose: () => void;
}

function Line({ group, open, choose }: LineGiven) {
  const { finding, time } = group.first;
  const { moment } = useApp().chosen.now.value;
  return (
    <button
      type="button"
      class={`finding-line ${moment === time ? "is-here" : ""}`}
      aria-expanded={open}
      onClick={choose}
    >
      <span class="console-time">{timeText(time)}</span>
      <span class={isError(finding) ? "bad" : ""}>{findingTitle(group)}</span>
      {group.times > 1 && <span class="quiet">{group.times}×</span>}
      <code class="finding-place">{lineToMend(finding)?.place ?? ""}</code>
    </button>
  );
}

function Detail({ group: { first } }: { readonly group: FindingGroup }) {
  const { finding, ta, uuid, instance, session, entry } = first;
  const about = objectWords(finding);
  const where = [ta || uuid, `instance ${instance}`, ...(session === 0 ? [] : [`session ${session}`])];
  return (
    <div class="finding-detail">
      <p class="quiet">{[...where, ...(entry === "" ? [] : [entry])].join(", ")}</p>
      {findingStacks(finding).map(({ heading, frames }) => (
        <div key={heading}>
          {heading !== "" && <p>{heading}</p>}
          <ul>
            {frames.map(({ func, place }, n) => (
              <li key={`${n} ${place}`}>
                <span class="quiet">{n === 0 ? "at" : "by"}</span> <code>{func === "" ? place : func}</code>{" "}
                {func !== "" && place !== "" && <code class="quiet">{place}</code>}
              </li>
            ))}
          </ul>
          {heading === "" && about !== "" && <p>{about}.</p>}
          {heading === "" && finding.detail !== "" && finding.kind !== "undefined" && <p>{finding.detail}</p>}
        </div>
      ))}
    </div>
  );
}
