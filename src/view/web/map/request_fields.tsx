// The request that holes are judged by.
import type { MemoryRequest } from "../../../analyze/ranges/hole_fits.ts";

interface Given {
  readonly request: MemoryRequest;
  readonly put: (request: MemoryRequest) => void;
}

const ALIGNMENTS = [0, 32, 64, 128, 256, 512, 1024, 4096] as const;

export function RequestFields({ request, put }: Given) {
  return (
    <span class="request-fields">
      <label>
        <span class="quiet">Would a request of</span>{" "}
        <input
          type="number"
          min={1}
          max={1e9}
          step={1}
          value={request.size}
          aria-label="Bytes of the request"
          onInput={({ currentTarget }) => {
            const size = Math.floor(Number(currentTarget.value));
            if (size > 0) put({ ...request, size });
          }}
        />{" "}
        <span class="quiet">bytes</span>
      </label>
      <label>
        <span class="quiet">aligned to</span>{" "}
        <select
          value={request.alignment}
          aria-label="Alignment of the request"
          onChange={({ currentTarget }) => put({ ...request, alignment: Number(currentTarget.value) })}
        >
          {ALIGNMENTS.map((one) => (
            <option key={one} value={one}>
              {one === 0 ? "any address" : one}
            </option>
          ))}
        </select>{" "}
        <span class="quiet">fit?</span>
      </label>
    </span>
  );
}
