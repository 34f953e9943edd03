// Selects the TAs that a monitor watches.
import type { EventSink, TaUnloaded } from "./event.ts";
import type { SiteHold } from "./ledger.ts";
import type { CommandRecord } from "./record.ts";

/** What to watch; by default everything. */
export interface MonitorOptions {
  /** UUID or name of the one TA to make records of, in any case, or of several. */
  readonly ta?: string | readonly string[];
  /** Is notified of every record right after its command. */
  readonly onRecord?: (record: CommandRecord) => void;
  /** Is notified of every instance that is about to go. */
  readonly onEnd?: (end: WatchedEnd) => void;
  /** How many records, and how many ended instances, are kept: the latest; default 10,000. */
  readonly keep?: number;
}

/** The end of an instance. */
export interface WatchedEnd extends Omit<TaUnloaded, "kind"> {
  /** The blocks that were never freed, by holder, largest first. */
  readonly holders: readonly SiteHold[];
}

/** The memory of TAs, command by command. */
export interface Watched {
  readonly records: readonly CommandRecord[];
  readonly ended: readonly WatchedEnd[];
  /** Of all commands, the first with the highest peak in its TA's heap; it is never forgotten. */
  readonly highest: CommandRecord | null;
}

/** A view that grows with the events it is fed, from here or from another process. */
export interface MonitorFeed extends Watched {
  readonly feed: EventSink;
}

/** A view on a running system. */
export interface Monitor extends Watched {
  /** Takes all listeners away; what was seen stays. */
  stop(): void;
}
