// Light, dark, or as the system has it, one after another.
import { type Settings, THEMES } from "../state/settings.ts";

export function nextTheme({ theme }: Settings): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? "auto";
}
