/** Made-up choices that are the same again for the same seed. */
export interface SeededRandom {
  /** From 0, below `limit`. */
  below(limit: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Text of printable ASCII, or of any bytes as Latin-1. */
  text(length: number, anyByte?: boolean): string;
}

/** Mulberry32: quick, and good enough for choices. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    once: (times) => below(times) === 0,
    pick: <T>(values: readonly T[]): T => values[below(values.length)] as T,
    text: (length, anyByte = false) =>
      Array.from({ length }, () => String.fromCharCode(anyByte ? below(256) : 0x20 + below(95))).join(''),
  };
}
