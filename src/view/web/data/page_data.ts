// What the page was given: the element "teemem" of its HTML.

/** A recording that lies in the page. */
export interface EmbeddedRecording {
  readonly name: string;
  /** Base64 of the recording, gzipped or not. */
  readonly bytes: string;
  /** Base64 of its index, gzipped or not; absent or empty where it is made when the recording is opened. */
  readonly index?: string;
}

type PageData =
  | { readonly mode: "serve" }
  | { readonly mode: "report"; readonly recordings: readonly EmbeddedRecording[] };

/** Reads it. A page without it was saved or built wrongly: it is a report without recordings. */
export function readPageData(document: Document): PageData {
  const text = document.getElementById("teemem")?.textContent ?? "";
  try {
    return JSON.parse(text) as PageData;
  } catch {
    return { mode: "report", recordings: [] };
  }
}
