import type { Rng } from '../../base/rng.ts'

/** Training rows first, held-out rows behind them, both in their old order. */
export type HeldOut = { readonly order: Int32Array; readonly training: number }

/** Holds out `fraction` of the rows at random, of each group the same part; undefined where nothing would be held out. */
export function holdOut(rows: number, groups: Int32Array | undefined, fraction: number, rng: Rng): HeldOut | undefined {
  const left = new Map<number, number>()
  for (let i = 0; i < rows; i++) left.set(groups?.[i] ?? 0, (left.get(groups?.[i] ?? 0) ?? 0) + 1)
  const wanted = new Map([...left].map(([group, count]) => [group, Math.floor(count * fraction)]))
  const heldOut: number[] = []
  const training: number[] = []
  for (let i = 0; i < rows; i++) {
    const group = groups?.[i] ?? 0
    const remaining = left.get(group) as number
    const want = wanted.get(group) as number
    const chosen = rng.uniform() * remaining < want
    left.set(group, remaining - 1)
    if (chosen) wanted.set(group, want - 1)
    ;(chosen ? heldOut : training).push(i)
  }
  if (heldOut.length === 0 || training.length === 0) return undefined
  return { order: Int32Array.from([...training, ...heldOut]), training: training.length }
}

/** Cuts the rows into `folds` parts at random, each group evenly; every part is held out once. */
export function holdOutFolds(rows: number, groups: Int32Array | undefined, folds: number, rng: Rng): readonly HeldOut[] {
  const shuffled = rng.shuffle(Int32Array.from({ length: rows }, (_row, i) => i))
  const dealt = new Map<number, number>()
  const foldOf = new Uint8Array(rows)
  for (const row of shuffled) {
    const group = groups?.[row] ?? 0
    const count = dealt.get(group) ?? 0
    foldOf[row] = (count + group) % folds // small groups start at different folds
    dealt.set(group, count + 1)
  }
  const inOrder = [...shuffled.keys()]
  return Array.from({ length: folds }, (_fold, k) => {
    const training = inOrder.filter((row) => foldOf[row] !== k)
    return { order: Int32Array.from([...training, ...inOrder.filter((row) => foldOf[row] === k)]), training: training.length }
  }).filter(({ order, training }) => training > 0 && training < order.length)
}

/** Writes `count` of the numbers 0 … `rows`−1, drawn without replacement, ascending (selection sampling, Knuth 3.4.2 S). */
export function drawRows(out: Int32Array, rows: number, count: number, rng: Rng): void {
  let drawn = 0
  for (let i = 0; drawn < count; i++) if (rng.uniform() * (rows - i) < count - drawn) out[drawn++] = i
}
