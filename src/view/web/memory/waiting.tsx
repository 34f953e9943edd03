// How an answer of the worker is doing: a thin line while it comes, a sentence where it failed.

interface Given {
  readonly what: string;
  readonly part: number | null;
  readonly error: string;
}

export function Waiting({ what, part, error }: Given) {
  if (error !== "")
    return (
      <p class="bad waiting-error" role="alert">
        {error}
      </p>
    );
  return (
    <div class="waiting" role="status">
      {part !== null && <progress value={part} max={1} aria-label={what} />}
    </div>
  );
}
