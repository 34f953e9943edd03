// The table of call sites of a platform, from that of one that is alike: what the events confirm is measured, the rest analogy.

/** What was seen: a call site, and blocks of so many bytes from it. */
export interface Seen {
  place(place: string): boolean;
  block(place: string, payload: number): boolean;
}

const ROW = /^(\w+\.\w+ +([MCFW]) +(\S+) +(\S+) +)(\w+)(.*)$/;

/** Rows of a table, with their evidence. */
export function sitesText(like: string, name: string, seen: Seen): string {
  return like
    .split("\n")
    .map((line) => {
      const [, head, op, size = "", place = "", how, note] = ROW.exec(line) ?? [];
      if (head === undefined) return line;
      const fixed = /^\d+$/.test(size);
      const frees = op === "F" || op === "W";
      const measured = how === "measured" && seen.place(place) && (frees || !fixed || seen.block(place, Number(size)));
      return `${head}${measured ? "measured" : `analogy  as ${name}${note === "" ? "" : `:${note}`}`}`;
    })
    .join("\n");
}
