// Saves a canvas as a PNG file of the reader's.

/** `name` without its ending; what no file name may have becomes `-`. */
export function savePicture(canvas: HTMLCanvasElement, name: string): void {
  canvas.toBlob((blob) => {
    if (blob === null) return;
    const address = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = address;
    link.download = `${name.replace(/[^\w.-]+/g, "-")}.png`;
    link.click();
    URL.revokeObjectURL(address);
  }, "image/png");
}
