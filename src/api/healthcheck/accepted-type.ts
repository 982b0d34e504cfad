/** What the health check can be written in; of equally wanted ones the first is taken. */
export const healthTypes = ['text/plain', 'text/html', 'application/json'] as const;

export type HealthType = (typeof healthTypes)[number];

interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * The type that a client wants most by its `Accept` header. Plain text when it wants none of them: who asks
 * for the health is not to be refused.
 */
export function acceptedType(accept: string | undefined): HealthType {
  const ranges = (accept ?? '*/*').split(',').flatMap(readRange);
  const wanted = healthTypes
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0);
  return wanted.toSorted((a, b) => b.quality - a.quality)[0]?.type ?? 'text/plain';
}

/** A range with parameters of its own means something else than what we have, and does not count. */
function readRange(text: string): Range[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const [first = 'q=1', ...others] = parameters;
  const [, quality] = /^q=(0(?:\.\d*)?|1(?:\.0*)?)$/.exec(first) ?? [];
  return quality === undefined || others.length > 0 ? [] : [{ type, quality: Number(quality) }];
}

/** The most exact range decides. */
function qualityOf(type: HealthType, ranges: readonly Range[]): number {
  const [main] = type.split('/');
  for (const pattern of [type, `${main}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === pattern);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
