/** A seeded source of randomness: the same seed gives the same sequence on every machine. */
export type Rng = {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number
  /** Uniform integer in [0, n); n from 1 to 2^32. */
  below(n: number): number
  /** Standard normal deviate (Box–Muller). */
  normal(): number
  /** Shuffles in place (Fisher–Yates) and returns its argument. */
  shuffle<T extends { [i: number]: number; length: number }>(values: T): T
  /** An independent stream for a named part of the work, so that parts can be reordered without changing each other. */
  fork(name: string): Rng
}

function hashString(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0 // FNV-1a, 32 bits
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0
  return h
}

/** Random numbers by sfc32 (Small Fast Counting, C. Doty-Humphrey, PractRand), seeded through splitmix32. */
export function createRng(seed: number): Rng {
  let s = seed >>> 0
  const next32 = (): number => {
    s = (s + 0x9e3779b9) >>> 0
    let z = s
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  let a = next32()
  let b = next32()
  let c = next32()
  let counter = 1
  const bits = (): number => {
    const t = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + t) >>> 0
    return t
  }
  for (let i = 0; i < 12; i++) bits()
  const rng: Rng = {
    uniform: () => bits() / 4294967296,
    below: (n) => Math.floor((bits() / 4294967296) * n),
    normal() {
      const u = 1 - rng.uniform()
      return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * rng.uniform())
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = rng.below(i + 1)
        const kept = values[i] as number
        values[i] = values[j] as number
        values[j] = kept
      }
      return values
    },
    fork: (name) => createRng(hashString(name, seed)),
  }
  return rng
}
