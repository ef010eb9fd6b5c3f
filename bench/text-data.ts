import type { CategoryColumn } from '../src/main/table/column.ts'
import { createRng, type Rng } from '../src/main/base/rng.ts'

/** Texts with a label each. */
export type Texts = { readonly column: CategoryColumn; readonly labels: Int32Array }

const VOCABULARY = 30_000
const ONSETS = ['b', 'c', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl', 'th', 'sh']
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou']
const ENDINGS = ['', 'n', 'r', 's', 't', 'l', 'ng']

/** The n-th made-up word; no two are alike. */
function wordOf(n: number): string {
  let word = ''
  for (let rest = n + 1; rest > 0; rest = Math.floor(rest / (ONSETS.length * VOWELS.length))) {
    const syllable = rest % (ONSETS.length * VOWELS.length)
    word += `${ONSETS[syllable % ONSETS.length] ?? ''}${VOWELS[Math.floor(syllable / ONSETS.length)] ?? ''}`
  }
  return `${word}${ENDINGS[n % ENDINGS.length] ?? ''}`
}

/** A word by Zipf's law; every third word beyond the commonest is the label's own more often than not, and a word likes the one that follows it. */
function nextWord(label: number, before: number, rng: Rng): number {
  if (before >= 0 && rng.uniform() < 0.25) return (before * 7 + 3) % 2000
  const word = Math.floor(VOCABULARY ** rng.uniform()) - 1
  const own = word % 3 === 0 && word > 60
  return own && (word % 2 === 0) === (label === 1) && rng.uniform() < 0.4 ? word + 1 : word
}

/** Texts of 10 to 110 words in sentences, half of each label. */
export function drawTexts(count: number, seed: number): Texts {
  const rng = createRng(seed)
  const words = Array.from({ length: VOCABULARY + 1 }, (_, n) => wordOf(n))
  const labels = Int32Array.from({ length: count }, () => rng.below(2))
  const texts = Array.from(labels, (label) => {
    let before = -1
    let text = ''
    for (let left = 10 + rng.below(101); left > 0; left--) {
      before = nextWord(label, before, rng)
      const end = rng.uniform() < 0.1 ? (rng.uniform() < 0.8 ? '. ' : '! ') : rng.uniform() < 0.08 ? ', ' : ' '
      const word = words[before] ?? ''
      text += `${text.length === 0 || /[.!] $/.test(text) ? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}` : word}${end}`
    }
    return text.trimEnd()
  })
  return { column: { kind: 'category', name: 'text', codes: Int32Array.from({ length: count }, (_, i) => i), categories: texts }, labels }
}
