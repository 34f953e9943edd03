/**
 * Frames of the daemon's protocol (docs/protocol.md): codec, splitter, limits.
 *
 * ```ts
 * import { createSplitter, MAGIC, VERSION } from "teemem/wire";
 *
 * const { push } = createSplitter();
 * console.log(push(new Uint8Array(0)).length, MAGIC, VERSION);
 * ```
 *
 * @module teemem/wire
 */
// Files of this project import what they need from its own file.
export { decodeFrame, encodeFrame } from "./codec.ts";
export { ENTRY, EVENT_FRAMES, type EventBody, HEAP, LIST, STEP, SUBSCRIBE } from "./event_frames.ts";
export type { FieldType, FrameRow } from "./frame_row.ts";
export {
  CLIENT_FRAMES,
  type ClientBody,
  FAULT,
  FRAMES,
  type Frame,
  SERVER_FRAMES,
  type ServerBody,
  type Welcome,
} from "./frames.ts";
export { LIMITS, MAGIC, VERSION } from "./limits.ts";
export { createSplitter, type Fault, type Splitter } from "./splitter.ts";
export { applyReply, NO_PARAMS, paramsOf, replyOf, requestOf, type WireParam, type WireParams } from "./wire_params.ts";
