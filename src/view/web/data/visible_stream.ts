// The server's events while the page is in sight: a hidden page takes none, and is told all states when it is seen again.
import type { EventStream } from "./fleet.ts";

type Kind = "state" | "change" | "error";
type Hear = (event: { readonly data: string }) => void;

/** What of a document this needs. */
interface Sight {
  readonly hidden: boolean;
  addEventListener(kind: "visibilitychange", hear: () => void): void;
}

/** A stream that `open` begins. */
interface ClosableStream {
  addEventListener(kind: string, hear: Hear): void;
  close(): void;
}

/** Opens a stream whenever the page comes into sight, and closes it when it is hidden. */
export function visibleStream(open: () => ClosableStream, page: Sight): EventStream {
  const hearers: [Kind, Hear][] = [];
  let stream: ClosableStream | null = null;
  const follow = (): void => {
    if (page.hidden) {
      stream?.close();
      stream = null;
    } else if (stream === null) {
      stream = open();
      for (const [kind, hear] of hearers) stream.addEventListener(kind, hear);
    }
  };
  page.addEventListener("visibilitychange", follow);
  follow();
  return {
    addEventListener(kind: Kind, hear: Hear): void {
      hearers.push([kind, hear]);
      stream?.addEventListener(kind, hear);
    },
  };
}
