import type { MatrixColumn } from '../../../table/matrix.ts'
import type { ModelDescription } from '../../estimator.ts'
import { originOf } from './curves.ts'
import type { LinearState } from './state.ts'

/** Columns whose importance is told; of wider models the largest. */
const MOST_COLUMNS = 1000

const NAMES = { identity: 'regression', logistic: 'logistic regression', softmax: 'multinomial logistic regression' }

/** Per matrix column, the length of its terms' effects: coefficients times deviations over its splines and the outputs. */
function effects({ means, knots, coefficients, deviations }: LinearState): Float64Array {
  const width = means.length
  const origins = originOf(knots)
  const columnOf = (j: number): number => (j < origins.length ? (origins[j] as number) : knots.length + j - origins.length)
  const squares = new Float64Array(knots.length + width - origins.length)
  for (let at = 0; at < coefficients.length; at++) {
    const j = at % width
    const column = columnOf(j)
    squares[column] = (squares[column] as number) + ((coefficients[at] as number) * (deviations[j] as number)) ** 2
  }
  return squares.map(Math.sqrt)
}

function penaltyOf({ penalty, l1Ratio }: LinearState): string {
  const strength = String(Number(penalty.toPrecision(4)))
  return l1Ratio === 0 ? `L2 penalty ${strength}` : `elastic net penalty ${strength} (${Math.round(l1Ratio * 100)} % absolute)`
}

/** A fitted linear model in words, and how much each of its columns moves the scores. */
export function describe(state: LinearState, columns: readonly MatrixColumn[]): ModelDescription {
  const sizes = effects(state)
  const shown = columns.length > MOST_COLUMNS ? [...sizes.keys()].toSorted((a, b) => (sizes[b] as number) - (sizes[a] as number)).slice(0, MOST_COLUMNS) : [...sizes.keys()]
  const total = shown.reduce((sum, j) => sum + (sizes[j] as number), 0)
  const curved = state.knots.filter((own) => own.length > 1).length
  const used = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0)
  const terms = [`${columns.length} column${columns.length === 1 ? '' : 's'}`]
  if (state.l1Ratio > 0) terms.push(`${used} of them in use`)
  if (curved > 0) terms.push(`${curved} of them as curves`)
  const ending = state.converged ? `converged in ${state.iterations} iterations` : `stopped after ${state.iterations} iterations, not converged`
  const name = state.link === 'identity' && state.l1Ratio === 0 ? 'ridge regression' : NAMES[state.link]
  return {
    summary: `${name} on ${terms.join(', ')}, ${penaltyOf(state)}, ${ending}`,
    importance: shown.map((j) => {
      const { name: column, source } = columns[j] as MatrixColumn
      return { column, source, value: total > 0 ? (sizes[j] as number) / total : 1 / shown.length }
    }),
  }
}
