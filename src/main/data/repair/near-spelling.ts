import { distance } from 'fastest-levenshtein'

/** How two spellings differ: by a slip of the hand, by more than that but still little, or by more. */
export type Nearness = 'slip' | 'near' | 'far'

/** Letters of the shortest word in which one slip is taken for one. */
const SHORTEST = 8

/**
 * How near two spellings are. A slip is one letter left out, one too many, or two exchanged, in a word of eight letters or
 * more, not its first letter; an exchange of one letter for another ("sulfite", "sulfate") is near at most. Values with
 * digits are far whenever those differ, and always where they are all that stands there.
 */
export function nearness(a: string, b: string): Nearness {
  if (a.replaceAll(/\D/g, '') !== b.replaceAll(/\D/g, '')) return 'far'
  const [left, right] = [words(a), words(b)]
  if (left.length !== right.length) return 'far'
  const pairs = left.flatMap((word, index) => (word === right[index] ? [] : [[word, right[index] ?? ''] as const]))
  const [pair] = pairs
  if (pair === undefined || pairs.length > 1) return 'far'
  const [from, to] = pair
  const shorter = Math.min(from.length, to.length)
  if (from[0] !== to[0] || shorter < 4 || !/^\p{L}+$/u.test(from + to)) return 'far'
  const whole = Math.min(a.length, b.length)
  if (isSlip(from, to)) return whole >= SHORTEST && shorter >= 5 ? 'slip' : 'near'
  const apart = distance(from, to)
  return apart <= 1 || (apart <= 2 && shorter >= SHORTEST) ? 'near' : 'far'
}

function words(text: string): string[] {
  return text.toLowerCase().split(/[\s_.,;:/-]+/).filter((word) => word !== '')
}

/** One letter more or less, or two neighbours exchanged. */
function isSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) === 1) return distance(a, b) === 1
  if (a.length !== b.length) return false
  let first = 0
  while (first < a.length && a[first] === b[first]) first++
  return first < a.length && a[first] === b[first + 1] && a[first + 1] === b[first] && a.slice(first + 2) === b.slice(first + 2)
}
