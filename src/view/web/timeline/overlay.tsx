// Over a plot: the range that is chosen or being drawn, the moment, and where the pointer is.
import { useApp } from "../state/app.ts";
import type { Scene } from "./scene.ts";

export function Overlay({ scene }: { readonly scene: Scene }) {
  const { chosen } = useApp();
  const { range, moment, second } = chosen.now.value;
  const { from, to } = scene.span.value;
  const shown = scene.draft.value ?? range;
  const hover = scene.hover.value;
  const at = (time: number): number => (100 * (time - from)) / Math.max(1, to - from);
  const stretch = (one: { readonly from: number; readonly to: number }, name: string) => {
    const left = Math.max(0, at(one.from));
    const right = Math.min(100, at(one.to));
    return right < 0 || left > 100 ? null : (
      <div class={name} style={{ left: `${left}%`, width: `${right - left}%` }} />
    );
  };
  const line = (time: number, name: string) =>
    time < from || time > to ? null : <div class={name} style={{ left: `${at(time)}%` }} />;
  return (
    <>
      {second !== null && stretch(second, "over-second")}
      {shown !== null && stretch(shown, "over-range")}
      {hover !== null && line(hover, "over-hover")}
      {moment !== null && line(moment, "over-moment")}
    </>
  );
}
