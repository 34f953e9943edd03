// A choice of few words.

interface Given<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly words: Readonly<Record<T, string>>;
  readonly choose: (value: T) => void;
}

export function Pick<T extends string>({ label, value, words, choose }: Given<T>) {
  return (
    <label class="pick">
      <span class="quiet">{label}</span>
      <select aria-label={label} value={value} onChange={({ currentTarget }) => choose(currentTarget.value as T)}>
        {(Object.keys(words) as T[]).map((one) => (
          <option key={one} value={one}>
            {words[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
