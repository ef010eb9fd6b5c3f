import { classView, defineMetric, oneClass, POSITIVE } from './metric.ts'
import { createRanking } from './ranking.ts'

/** Area under the ROC curve; several classes: each against the rest, averaged over the classes that occur. */
export const rocAuc = defineMetric({
  id: 'roc_auc',
  label: 'ROC AUC',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'Chance that a row of the class gets a higher probability for it than a row of another class: 0.5 is chance, 1 is perfect.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    const areaOf = (index: number) => {
      const { positive, score } = oneClass(view, index)
      return createRanking(positive, score).rocArea
    }
    if (prediction.kind === 'classes' && prediction.classes.length === 2) return areaOf(POSITIVE)
    const all = view.classes.map((_name, index) => areaOf(index))
    return (weights) => {
      const areas = all.map((area) => area(weights)).filter((value) => value !== undefined)
      return areas.length === 0 ? undefined : areas.reduce((sum, value) => sum + value, 0) / areas.length
    }
  },
})
