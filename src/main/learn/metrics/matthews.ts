import { confusionOf, countsOf, type Confusion } from './confusion.ts'
import { classView, defineMetric } from './metric.ts'

function correlation(confusion: Confusion): number | undefined {
  let [correct, total, both, squaresCalled, squaresActual] = [0, 0, 0, 0, 0]
  for (let index = 0; index < confusion.size; index++) {
    const { hits, called, actual } = countsOf(confusion, index)
    correct += hits
    total += actual
    both += called * actual
    squaresCalled += called * called
    squaresActual += actual * actual
  }
  if (total === 0) return undefined
  const spread = Math.sqrt((total * total - squaresCalled) * (total * total - squaresActual))
  return spread === 0 ? 0 : (correct * total - both) / spread
}

/** Matthews correlation of true and predicted class, for any number of classes (Gorodkin 2004); 0 where it is not defined. */
export const matthews = defineMetric({
  id: 'matthews_corrcoef',
  label: 'Matthews correlation',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'Correlation of true and predicted class: 1 is perfect, 0 is chance, whatever the sizes of the classes.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => correlation(confusionOf(view, weights))
  },
})
