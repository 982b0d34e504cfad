/** The candidate that a mistyped name most likely means, or `undefined` when none is near. */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  // Less than half of the name may be wrong, and no more than three characters.
  let bestDistance = 1 + Math.max(1, Math.min(3, Math.floor((name.length - 1) / 2)));
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(normal(name), normal(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/** How many characters must be put in, taken out or replaced to make one word the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, character] of Array.from(one).entries()) {
    const current = [row + 1];
    for (const [column, expected] of Array.from(other).entries()) {
      const replaced = (previous[column] ?? 0) + (character === expected ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
