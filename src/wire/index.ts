// The entry point `teemem/wire`: frames of the protocol of `teemem boot`, docs/protocol.md. Runs in a browser.
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
