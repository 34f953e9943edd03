// A bar of what is in use of a whole, with a mark where the peak was.

interface Given {
  readonly used: number | null;
  readonly peak: number | null;
  readonly size: number | null;
}

/** Empty where the size is not known: a share of nothing known cannot be drawn. */
export function Bar({ used, peak, size }: Given) {
  if (size === null || size <= 0) return <span class="bar bar-unknown" aria-hidden="true" />;
  const share = (bytes: number): string => `${Math.min(100, (100 * bytes) / size)}%`;
  return (
    <span class="bar" aria-hidden="true">
      {used !== null && <span class="bar-used" style={{ width: share(used) }} />}
      {peak !== null && <span class="bar-peak" style={{ left: share(peak) }} />}
    </span>
  );
}
