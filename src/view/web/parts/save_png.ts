// Saves a picture as PNG: all canvases of an element, and the texts in it that are marked with data-png.

/** The file is made in the browser and offered as a download. */
export function savePng(element: HTMLElement, name: string): void {
  const scale = devicePixelRatio;
  const box = element.getBoundingClientRect();
  const picture = document.createElement("canvas");
  picture.width = Math.ceil(box.width * scale);
  picture.height = Math.ceil(element.scrollHeight * scale);
  const pen = picture.getContext("2d");
  if (pen === null) return;
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, box.width, element.scrollHeight);
  const placeOf = (part: Element): readonly [number, number, DOMRect] => {
    const at = part.getBoundingClientRect();
    return [at.left - box.left, at.top - box.top + element.scrollTop, at];
  };
  for (const canvas of element.querySelectorAll("canvas")) {
    const [x, y, { width, height }] = placeOf(canvas);
    if (width > 0 && height > 0) pen.drawImage(canvas, x, y, width, height);
  }
  for (const text of element.querySelectorAll<HTMLElement>("[data-png]")) {
    const [x, y, { height }] = placeOf(text);
    const { font, color } = getComputedStyle(text);
    pen.font = font;
    pen.fillStyle = color;
    pen.textBaseline = "middle";
    pen.fillText(text.textContent ?? "", x, y + height / 2);
  }
  picture.toBlob((blob) => {
    if (blob === null) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name.replace(/[^\w.-]+/g, "_")}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}
