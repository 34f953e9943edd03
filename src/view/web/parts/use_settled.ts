// A value once it has not changed for a moment: what is costly waits until a hand rests.
import { useEffect, useState } from "preact/hooks";

const REST_MS = 150;

export function useSettled<T>(value: T): T {
  const [settled, put] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => put(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
