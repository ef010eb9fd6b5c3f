import type { RowWeights } from './metric.ts'

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

/** What a ranking of rows by score is worth, of rows that count differently often. */
export type Ranking = {
  /** Area under the ROC curve by trapezoids over distinct scores, exact with ties; undefined where one of the classes is absent. */
  rocArea(weights?: RowWeights): number | undefined
  /** Σ (recallₙ − recallₙ₋₁) · precisionₙ over distinct scores; undefined without positive rows. */
  averagePrecision(weights?: RowWeights): number | undefined
}

/** Sorts the rows once; every measure then walks them from the highest score down, rows of one score together. */
export function createRanking(positive: Uint8Array, score: Float64Array): Ranking {
  const index = order(score)
  const walk = (weights: RowWeights | undefined, onStep: (hits: number, alarms: number) => void): readonly [hits: number, alarms: number] => {
    let [hits, alarms] = [0, 0]
    for (let i = 0; i < index.length; i++) {
      const row = index[i] as number
      const weight = weights === undefined ? 1 : (weights[row] as number)
      if (positive[row] === 1) hits += weight
      else alarms += weight
      const next = index[i + 1]
      if (next === undefined || score[next] !== score[row]) onStep(hits, alarms)
    }
    return [hits, alarms]
  }
  return {
    rocArea(weights) {
      let [area, hitsBefore, alarmsBefore] = [0, 0, 0]
      const [positives, negatives] = walk(weights, (hits, alarms) => {
        area += ((alarms - alarmsBefore) * (hits + hitsBefore)) / 2
        ;[hitsBefore, alarmsBefore] = [hits, alarms]
      })
      return positives === 0 || negatives === 0 ? undefined : area / (positives * negatives)
    },
    averagePrecision(weights) {
      let [sum, before] = [0, 0]
      const [positives] = walk(weights, (hits, alarms) => {
        if (hits > before) sum += (hits - before) * (hits / (hits + alarms))
        before = hits
      })
      return positives === 0 ? undefined : sum / positives
    },
  }
}
