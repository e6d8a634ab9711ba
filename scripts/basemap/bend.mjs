/** A small seeded generator: the same text always gives the same numbers in [-0.5, 0.5). */
function seededNoise(text) {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296 - 0.5;
  };
}

const halvings = (lengthDeg) => (lengthDeg > 3 ? 5 : lengthDeg > 1 ? 4 : lengthDeg > 0.3 ? 3 : 2);

/**
 * A made-up road from one point to another: midpoints pushed aside, again and again, each time by less. Synthetic
 * geometry between true places; it looks like a road and is not one.
 *
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {string} seed
 * @param {number} sway how far it strays, as a part of its length
 * @returns {[number, number][]}
 */
export function bend(from, to, seed, sway) {
  const noise = seededNoise(seed);
  let points = [from, to];
  let stray = sway;
  for (let left = halvings(Math.hypot(to[0] - from[0], to[1] - from[1])); left > 0; left--) {
    const finer = [points[0]];
    for (let i = 1; i < points.length; i++) {
      const [ax, ay] = points[i - 1];
      const [bx, by] = points[i];
      const aside = noise() * stray * 2;
      finer.push([(ax + bx) / 2 - (by - ay) * aside, (ay + by) / 2 + (bx - ax) * aside], points[i]);
    }
    points = finer;
    stray *= 0.55;
  }
  return points.map(([x, y]) => [Number(x.toFixed(4)), Number(y.toFixed(4))]);
}
