// The client's side of a daemon's peer, in memory.
import { createPeer, type Peer } from "../../src/daemon/peer.ts";
import type { Core } from "../../src/tee/kernel/core.ts";
import { createSiteBook } from "../../src/tee/monitor/site_book.ts";
import { encodeFrame } from "../../src/wire/codec.ts";
import type { Frame } from "../../src/wire/frames.ts";
import { MAGIC } from "../../src/wire/limits.ts";
import { createSplitter } from "../../src/wire/splitter.ts";
import { until } from "./daemon.ts";

/** A client's side of a peer, in memory. */
export interface Talk {
  readonly peer: Peer;
  /** Sends frames in one piece. */
  tell(...frames: readonly Frame[]): void;
  /** Takes what came since the last call. */
  heard(): Frame[];
  /** Waits for as many frames, and takes them. */
  hear(count: number): Promise<Frame[]>;
  /** How often the daemon ended the connection. */
  readonly ends: number;
  /** What the peer is told about how the client reads. */
  jammed: boolean;
  /** The client goes. */
  leave(): Promise<void>;
}

export const HELLO: Frame = { kind: "hello", tag: 0, magic: MAGIC, version: 1 };

/** Talks to a core as a daemon's client does; `greeted` has said hello and taken the welcome. */
export function talk(core: Core, greeted = true): Talk {
  const book = createSiteBook(core);
  const splitter = createSplitter();
  const got: Frame[] = [];
  const way = {
    jammed: false,
    ends: 0,
    send(bytes: Uint8Array) {
      for (const read of splitter.push(bytes)) {
        if (!read.ok) throw new Error(read.error.text);
        got.push(read.value);
      }
    },
    end() {
      way.ends++;
    },
  };
  const peer = createPeer(core, book, way);
  const told: Talk = {
    peer,
    tell: (...frames) => peer.receive(Buffer.concat(frames.map(encodeFrame))),
    heard: () => got.splice(0),
    async hear(count) {
      await until(() => got.length >= count);
      return told.heard();
    },
    get ends() {
      return way.ends;
    },
    get jammed() {
      return way.jammed;
    },
    set jammed(jammed) {
      way.jammed = jammed;
    },
    async leave() {
      await peer.gone();
      book.close();
    },
  };
  if (greeted) {
    told.tell(HELLO);
    told.heard();
  }
  return told;
}
