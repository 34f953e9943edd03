// Makes an input smaller that still shows a bug: fewer calls, fewer parameters, shorter buffers, simpler numbers.
import { type FuzzCall, type FuzzInput, type FuzzParam, NOTHING, withParam } from "./input.ts";
import { resized } from "./mutate.ts";

/** True where an input shows the bug. */
type Shows = (input: FuzzInput) => Promise<boolean>;

/** The smallest input that was found within so many runs. */
export async function minimised(input: FuzzInput, shows: Shows, runs = 400): Promise<FuzzInput> {
  let left = runs;
  let now = input;
  const attempt = async (smaller: FuzzInput): Promise<boolean> => {
    if (left-- <= 0 || smaller.length === 0 || !(await shows(smaller))) return false;
    now = smaller;
    return true;
  };
  for (let part = Math.ceil(now.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2))
    for (let at = now.length - part; at >= 0; at -= part) await attempt([...now.slice(0, at), ...now.slice(at + part)]);
  for (let before: FuzzInput | null = null; before !== now && left > 0; ) {
    before = now;
    for (let at = 0; at < now.length; at++)
      for (const smaller of simpler(now[at] as FuzzCall)) {
        const changed = now.map((call, n) => (n === at ? smaller : call));
        if (await attempt(changed)) break;
      }
  }
  return now;
}

function* simpler(call: FuzzCall): Generator<FuzzCall> {
  for (const [n, param] of call.params.entries()) {
    const put = (one: FuzzParam): FuzzCall => ({ ...call, params: withParam(call.params, n, one) });
    if (param.type === 0) continue;
    yield put(NOTHING);
    if ("a" in param) {
      if (param.a !== 0) yield put({ ...param, a: 0 });
      if (param.b !== 0) yield put({ ...param, b: 0 });
      continue;
    }
    const { bytes } = param;
    for (const length of [0, bytes.length >> 1, bytes.length - 1])
      if (length >= 0 && length < bytes.length) yield put({ ...param, bytes: resized(bytes, length) });
    if (bytes.some((byte) => byte !== 0)) yield put({ ...param, bytes: new Uint8Array(bytes.length) });
  }
}
