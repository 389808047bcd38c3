// "Did you mean ...?": the candidate that a mistyped name is closest to.

// Beyond this no one has mistyped a name, and the work grows with the product of the lengths.
const LONGEST_NAME = 100;

/**
 * The candidate that `word` most likely meant, or undefined where none is near.
 *
 * Case, `_` and `-` do not count; near is at most one edit (an insertion, a deletion, a change or a swap of
 * neighbours) for every three characters.
 *
 * @example
 * closest("DEBUGG", ["DEBUG", "DATABASES"]); // "DEBUG"
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_NAME) return undefined;
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > bestDistance || candidate.length > LONGEST_NAME) continue;
    const distance = editDistance(wanted, fold(candidate));
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** ` Did you mean 'x'?` to append to a message, or an empty string where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const name = closest(word, candidates);
  return name === undefined ? "" : ` Did you mean '${name}'?`;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

// Optimal string alignment: rows of the usual table, of which three are kept.
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + changed);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(beforePrevious, j - 2) + 1);
      row.push(cost);
    }
    beforePrevious = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
