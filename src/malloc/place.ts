// Names a place in a heap in a message.

/** An offset with its address, as messages name a place: `32560 (address 0x40007f30)`. `more` ends the parenthesis. */
export function placeAt(base: number, at: number, more = ""): string {
  return `${at} (address ${hex(base + at)}${more})`;
}

function hex(address: number): string {
  return address < 0 ? `-0x${(-address).toString(16)}` : `0x${address.toString(16)}`;
}
