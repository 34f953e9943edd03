import { type Data, Dictionary, Int32, makeData, Utf8, type Vector, vectorFromArray } from "apache-arrow";

/** A column of texts that repeat: numbers into a list of all texts so far. */
export interface TextColumn {
  /** Number of a text. */
  indexOf(text: string): number;
  /** The first `length` numbers of a batch as Arrow data; with the same list as before where nothing came to it. */
  data(indexes: Int32Array): Data;
}

/** A column without texts. `id` is that of its dictionary in the stream. */
export function createTextColumn(id: number): TextColumn {
  const numbers = new Map<string, number>();
  const type = new Dictionary(new Utf8(), new Int32(), id);
  let list: Vector<Utf8> | null = null;

  return {
    indexOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    },
    data(indexes) {
      // Lists are replaced as a whole: not every reader knows additions to them.
      if (list === null || list.length < numbers.size) list = vectorFromArray([...numbers.keys()], new Utf8());
      return makeData({ type, length: indexes.length, nullCount: 0, data: indexes, dictionary: list });
    },
  };
}
