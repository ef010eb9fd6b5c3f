import { crossEntropyOf } from './scores.ts'

const [LEAST, MOST] = [0.25, 8]
const GOLDEN = (Math.sqrt(5) - 1) / 2
const ROUNDS = 40

/**
 * The number that scores are divided by for the smallest cross-entropy on rows that were not learnt from (Guo, Pleiss, Sun and Weinberger, On Calibration of Modern
 * Neural Networks, 2017), by golden-section search over its logarithm.
 */
export function temperatureFor(link: 'logistic' | 'softmax', scores: Float32Array, target: ArrayLike<number>, outputs: number): number {
  const lossAt = (logarithm: number): number => crossEntropyOf(link, scores, target, outputs, Math.exp(logarithm))
  let [low, high] = [Math.log(LEAST), Math.log(MOST)]
  for (let round = 0; round < ROUNDS; round++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
    if (lossAt(left) <= lossAt(right)) high = right
    else low = left
  }
  return Math.exp((low + high) / 2)
}
