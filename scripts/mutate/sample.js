// Chooses which of the many faults are tried.

/**
 * So many faults of each layer, none twice, in an order that goes through all layers again and again: a run that is cut short has
 * seen them all. A file with four times as many places has twice the chance.
 */
export function sample(layers, count, random) {
  const picked = [...layers.values()].map((files) => {
    const left = files.map((file) => ({ ...file, mutants: [...file.mutants] }));
    const taken = [];
    while (taken.length < count && left.some(({ mutants }) => mutants.length > 0)) {
      const file = pick(left, random);
      const [mutant] = file.mutants.splice(Math.floor(random() * file.mutants.length), 1);
      const { path, code, layer } = file;
      taken.push({ path, code, layer, line: mutant.line, operator: mutant.operator, mutant });
    }
    return taken;
  });
  return Array.from({ length: count }, (_, n) => picked.flatMap((taken) => taken.slice(n, n + 1))).flat();
}

function pick(files, random) {
  const weights = files.map(({ mutants }) => Math.sqrt(mutants.length));
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return files[at < 0 ? weights.length - 1 : at];
}
