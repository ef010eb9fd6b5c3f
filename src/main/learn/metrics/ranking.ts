/** One step down a ranking: rows at or above `threshold`. */
export type RankingStep = { readonly threshold: number; readonly truePositives: number; readonly falsePositives: number }

/** Row indices by falling score. */
function order(score: Float64Array): Uint32Array {
  const index = Uint32Array.from(score, (_value, row) => row)
  return index.sort((a, b) => (score[b] as number) - (score[a] as number))
}

/** Cumulated counts at each distinct score, from the highest down: rows of one score cannot be told apart and come together. */
export function rankingSteps(positive: Uint8Array, score: Float64Array): readonly RankingStep[] {
  const index = order(score)
  const steps: RankingStep[] = []
  let truePositives = 0
  for (let i = 0; i < index.length; i++) {
    const row = index[i] as number
    truePositives += positive[row] as number
    const next = index[i + 1]
    if (next !== undefined && score[next] === score[row]) continue
    steps.push({ threshold: score[row] as number, truePositives, falsePositives: i + 1 - truePositives })
  }
  return steps
}

/** Area under the ROC curve by trapezoids over distinct scores, exact with ties; undefined where one of the classes is absent. */
export function rocArea(positive: Uint8Array, score: Float64Array): number | undefined {
  const steps = rankingSteps(positive, score)
  const last = steps.at(-1)
  if (last === undefined || last.truePositives === 0 || last.falsePositives === 0) return undefined
  let [area, hits, alarms] = [0, 0, 0]
  for (const step of steps) {
    area += ((step.falsePositives - alarms) * (step.truePositives + hits)) / 2
    hits = step.truePositives
    alarms = step.falsePositives
  }
  return area / (last.truePositives * last.falsePositives)
}
