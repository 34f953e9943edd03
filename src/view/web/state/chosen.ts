// The choice as a signal, kept in the fragment of the page's address.
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Choice, NOTHING_CHOSEN } from "./choice.ts";
import { choiceIn, linkOf } from "./link.ts";

/** The choice, and the only way to change it. */
export interface ChoiceStore {
  readonly now: ReadonlySignal<Choice>;
  /** Changes a part. The back button undoes a `step`; a `move` is a drag that goes on. */
  choose(part: Partial<Choice>, kind?: "step" | "move"): void;
  /** Chooses a recording, and nothing of what was chosen before but the view. */
  chooseFile(file: string, heap?: string): void;
  /** Chooses a live source or one of its heaps. */
  chooseSource(source: string, heap?: string): void;
}

/** How long after a move the address follows, in milliseconds. */
const REST_MS = 250;

/** Takes the choice from the window's address, now and whenever it changes, and writes it there. */
export function createChoiceStore(window: Window): ChoiceStore {
  const now = signal<Choice>(choiceIn(window.location.hash));
  const follow = (): void => {
    const given = choiceIn(window.location.hash);
    if (linkOf(given) !== linkOf(now.value)) now.value = given;
  };
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);

  // A drag changes the choice with each frame; browsers refuse so many new addresses, and each takes a while.
  let rest: number | null = null;
  const settle = (): void => {
    if (rest === null) return;
    window.clearTimeout(rest);
    rest = null;
    window.history.replaceState(null, "", `#${linkOf(now.value)}`);
  };

  const choose: ChoiceStore["choose"] = (part, kind = "step") => {
    const next = { ...now.value, ...part };
    const link = linkOf(next);
    if (link === linkOf(now.value)) return;
    if (kind === "step") settle();
    now.value = next;
    if (kind === "step") window.history.pushState(null, "", `#${link}`);
    else rest ??= window.setTimeout(settle, REST_MS);
  };
  return {
    now,
    choose,
    chooseFile(file, heap = "") {
      const { view } = now.value;
      choose({ ...NOTHING_CHOSEN, view: view === "overview" ? "timeline" : view, file, heap });
    },
    chooseSource(source, heap = "") {
      choose({ ...NOTHING_CHOSEN, view: heap === "" ? "overview" : "timeline", source, heap });
    },
  };
}
