/** Numbers in [0, 1), the same for the same seed: every vehicle and every part of the world draws from its own. */
export type Random = {
  next(): number;
  between(low: number, high: number): number;
  whole(low: number, highExclusive: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
};

/** `stream` keeps the draws of one part from moving those of another. */
export function createRandom(seed: number, stream: number): Random {
  let state = mix(mix(seed | 0) ^ Math.imul(stream + 1, 0x9e3779b1));

  /** mulberry32: one 32-bit word of state, so that 100,000 streams cost little. */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (low: number, highExclusive: number) => low + Math.floor(next() * (highExclusive - low));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    chance: (probability) => next() < probability,
    pick: (items) => items[whole(0, items.length)]!,
  };
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
