import type { ClassCurves, EvaluationReport } from '#shared/domain/evaluation.ts'
import type { Rng } from '../../base/rng.ts'
import { confusionOf, countsOf } from '../../learn/metrics/confusion.ts'
import { classCurves } from '../../learn/metrics/curves.ts'
import { classView, numberView, oneClass, POSITIVE, type ClassView } from '../../learn/metrics/metric.ts'
import { summariseResiduals } from '../../learn/metrics/residuals.ts'
import { thresholdTable, type MistakeCosts } from '../../learn/metrics/thresholds.ts'
import type { Model } from '../../learn/model/model.ts'
import type { Prediction, Target } from '../../table/matrix.ts'

/** Classes with curves at most, where there are many. */
const CURVES = 20
/** Rows of the sample of a regression. */
const SAMPLE = 500

type Detail = EvaluationReport['detail']

function curvesOf(view: ClassView, testRows: readonly number[], binary: boolean): ClassCurves[] {
  const frequent = view.classes.map((_name, index) => index).toSorted((a, b) => (testRows[b] ?? 0) - (testRows[a] ?? 0))
  const wanted = binary ? [POSITIVE] : frequent.slice(0, CURVES).toSorted((a, b) => a - b)
  return wanted.flatMap((index) => {
    const { positive, score } = oneClass(view, index)
    return classCurves(view.classes[index] ?? '', positive, score) ?? []
  })
}

function classification(model: Model, target: Target, prediction: Prediction, costs: MistakeCosts | undefined): Detail {
  const view = classView(target, prediction)
  const confusion = confusionOf(view)
  const testRows = view.classes.map((_name, index) => countsOf(confusion, index).actual)
  const binary = model.goal.task === 'binary-classification'
  const positive = oneClass(view, POSITIVE)
  const counts = model.baseline.kind === 'classes' ? model.baseline.counts : []
  return {
    kind: 'classification',
    classes: view.classes.map((name, index) => ({ name, trainingRows: counts[index] ?? 0, testRows: testRows[index] ?? 0 })),
    confusion: view.classes.map((_name, index) => [...confusion.cells.subarray(index * confusion.size, (index + 1) * confusion.size)]),
    curves: curvesOf(view, testRows, binary),
    thresholds: binary ? thresholdTable(positive.positive, positive.score, costs) : [],
  }
}

function regression(target: Target, prediction: Prediction, rng: Rng): Detail {
  const { truth, guess } = numberView(target, prediction)
  const drawn = rng.shuffle(Int32Array.from(truth, (_value, row) => row)).subarray(0, SAMPLE).toSorted()
  return {
    kind: 'regression',
    residuals: summariseResiduals(truth, guess),
    sample: Array.from(drawn, (row) => ({ truth: truth[row] as number, prediction: guess[row] as number })),
  }
}

/** Confusion, curves and thresholds, or residuals, of the test rows. */
export function evaluationDetail(model: Model, target: Target, prediction: Prediction, rng: Rng, costs?: MistakeCosts): Detail {
  return model.goal.task === 'regression' ? regression(target, prediction, rng) : classification(model, target, prediction, costs)
}
