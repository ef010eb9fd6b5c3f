import { classView, type Metric, oneClass, POSITIVE } from './metric.ts'
import { rocArea } from './ranking.ts'

/** Area under the ROC curve; several classes: each against the rest, averaged over the classes that occur. */
export const rocAuc: Metric = {
  id: 'roc_auc',
  label: 'ROC AUC',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'Chance that a row of the class gets a higher probability for it than a row of another class: 0.5 is chance, 1 is perfect.',
  compute(target, prediction) {
    const view = classView(target, prediction)
    const area = (index: number): number | undefined => {
      const { positive, score } = oneClass(view, index)
      return rocArea(positive, score)
    }
    if (prediction.kind === 'classes' && prediction.classes.length === 2) return area(POSITIVE)
    const areas = view.classes.map((_name, index) => area(index)).filter((value) => value !== undefined)
    return areas.length === 0 ? undefined : areas.reduce((sum, value) => sum + value, 0) / areas.length
  },
}
