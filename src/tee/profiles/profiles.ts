import type { BootProfile } from "../kernel/profile.ts";
import { qemuV8 } from "./qemu_v8_4_0_0.ts";

/** The profiles in the box, by name. */
export const PROFILES: Readonly<Record<string, () => BootProfile>> = { "qemu_v8-4.0.0": qemuV8 };

/** The profile that is booted unless another one is asked for. */
export const DEFAULT_PROFILE = "qemu_v8-4.0.0";
