/**
 * The trusted OS: core heaps, memory of TAs, pseudo TAs, and a client with sessions.
 *
 * ```ts
 * import { defaultPlatform } from "teemem/platform";
 * import { boot, createClient, EXAMPLES, params, valueIn } from "teemem/tee";
 *
 * const core = boot({ platform: defaultPlatform() }, { console() {}, now: Date.now, apps: EXAMPLES });
 * if (!core.ok) throw new Error(core.error);
 * const client = createClient(core.value);
 * const { session } = await client.open(EXAMPLES[0]?.uuid ?? "");
 * await client.invoke(session, 0, params(valueIn(1)));
 * await client.end();
 * ```
 *
 * @module teemem/tee
 */
// Files of this project import what they need from its own file.
export { EXAMPLES } from "./apps/examples.ts";
export type { Surroundings } from "./boot.ts";
export { boot, createCore } from "./boot.ts";
export { type Client, createClient } from "./kernel/client.ts";
export { type ConsoleSink, LEVEL, type SecureConsole } from "./kernel/console.ts";
export type { Core, CoreOptions, PseudoTa, Session } from "./kernel/core.ts";
export type {
  Affine,
  Curve,
  Curve25519,
  CurveName,
  KeyProvider,
  Rsa,
  RsaPrivate,
  RsaPublic,
} from "./kernel/host/key_provider.ts";
export { createMemoryStore } from "./kernel/host/memory_store.ts";
export type { ObjectStore, StoreFailure } from "./kernel/host/object_store.ts";
export type { PluginReply, PluginService } from "./kernel/host/plugin_service.ts";
export type { BlockCipher, CipherName, CryptoProvider, Hash, HashName } from "./kernel/host/provider.ts";
export type { HostSocket, Remote, SocketFailure, SocketService, SocketWait } from "./kernel/host/socket_service.ts";
export { type TaLeaks, type TaMoment, taLeaks, taMoments } from "./kernel/inspect.ts";
export { type Inspector, inspectorOf } from "./kernel/inspector.ts";
export type { Opened, Outcome } from "./kernel/outcome.ts";
export { createPagePool, givePages, type PagePool, type PageRange, takePages } from "./kernel/page_pool.ts";
export {
  type Direction,
  memrefOut,
  NONE,
  type Param,
  type Params,
  params,
  valueIn,
  valueOut,
} from "./kernel/params.ts";
export { closeSession, invokeCommand, openSession } from "./kernel/session.ts";
export type { EndedTa, UserTa } from "./kernel/ta_instance.ts";
export type { EventSink, HeapId, TaFinding, TeeEvent } from "./monitor/event.ts";
export { FINDING_KINDS, type Finding, type FindingKind } from "./monitor/finding.ts";
export { createMonitor, monitor } from "./monitor/monitor.ts";
export type { CommandRecord, HeapSpan } from "./monitor/record.ts";
export { createSiteBook, type SiteBook } from "./monitor/site_book.ts";
export { tapEvents } from "./monitor/tap.ts";
export type { Monitor, MonitorFeed, MonitorOptions, Watched, WatchedEnd } from "./monitor/watched.ts";
export { ALG, ATTR, CLASS, CURVE, MODE, OPERATION_FLAG, TYPE, USAGE } from "./svc/crypto/ids.ts";
export { DATA_FLAG, SEEK, STORAGE } from "./svc/storage/flags.ts";
export type { InternalApi } from "./utee/internal_api.ts";
export type { StorageApi } from "./utee/storage_api.ts";
export type { TaSession, TrustedApp } from "./utee/trusted_app.ts";
