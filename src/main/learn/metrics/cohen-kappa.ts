import { confusionOf, countsOf, type Confusion } from './confusion.ts'
import { classView, defineMetric } from './metric.ts'

function kappa(confusion: Confusion): number | undefined {
  let [agreed, chance, rows] = [0, 0, 0]
  for (let index = 0; index < confusion.size; index++) {
    const { hits, called, actual } = countsOf(confusion, index)
    agreed += hits
    chance += called * actual
    rows += actual
  }
  if (rows === 0) return undefined
  const expected = chance / (rows * rows)
  return expected === 1 ? undefined : (agreed / rows - expected) / (1 - expected)
}

/** Agreement of predicted and true class beyond chance, (pₒ − pₑ) / (1 − pₑ) (Cohen 1960); undefined where only one class occurs. */
export const cohenKappa = defineMetric({
  id: 'cohen_kappa',
  label: 'Cohen’s kappa',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'Agreement of predicted and true class beyond what chance gives: 1 is perfect, 0 is chance.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => kappa(confusionOf(view, weights))
  },
})
