export type { InternalApi } from "./api/internal_api.ts";
export { DATA_FLAG, SEEK, STORAGE, type StorageApi } from "./api/storage_api.ts";
export { EXAMPLES } from "./apps/examples.ts";
export { boot } from "./boot.ts";
export { type Client, createClient } from "./client.ts";
export { type ConsoleSink, LEVEL, type SecureConsole } from "./console.ts";
export type { Core, CoreOptions, PseudoTa, Session, Surroundings } from "./core.ts";
export { createCore } from "./create_core.ts";
export { ALG, ATTR, CLASS, CURVE, MODE, OPERATION_FLAG, TYPE, USAGE } from "./crypto/ids.ts";
export type {
  Affine,
  Curve,
  Curve25519,
  CurveName,
  KeyProvider,
  Rsa,
  RsaPrivate,
  RsaPublic,
} from "./crypto/key_provider.ts";
export type { BlockCipher, CipherName, CryptoProvider, Hash, HashName } from "./crypto/provider.ts";
export type { EventSink, HeapId, TeeEvent } from "./monitor/event.ts";
export { createMonitor, monitor } from "./monitor/monitor.ts";
export type { CommandRecord, HeapSpan } from "./monitor/record.ts";
export { createSiteBook, type SiteBook } from "./monitor/site_book.ts";
export { tapEvents } from "./monitor/tap.ts";
export type { Monitor, MonitorFeed, MonitorOptions, Watched, WatchedEnd } from "./monitor/watched.ts";
export type { Opened, Outcome } from "./outcome.ts";
export { createPagePool, givePages, type PagePool, type PageRange, takePages } from "./page_pool.ts";
export { type Direction, memrefOut, NONE, type Param, type Params, params, valueIn, valueOut } from "./params.ts";
export { type BootOp, type BootProfile, parseBoot } from "./profile.ts";
export { DEFAULT_PROFILE, PROFILES } from "./profiles.ts";
export { closeSession, invokeCommand, openSession } from "./session.ts";
export { createMemoryStore } from "./storage/memory_store.ts";
export type { ObjectStore, StoreFailure } from "./storage/object_store.ts";
export { parseSwitches, type Switches, UPSTREAM_SWITCHES } from "./switches.ts";
export { type TaLeaks, type TaMoment, taLeaks, taMoments } from "./ta/inspect.ts";
export { type Inspector, inspectorOf } from "./ta/inspector.ts";
export type { EndedTa, UserTa } from "./ta/ta_instance.ts";
export type { TaSession, TrustedApp } from "./ta/trusted_app.ts";
