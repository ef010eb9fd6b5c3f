import { z } from 'zod'
import { denseColumns, type Matrix } from '../../table/matrix.ts'
import { correlatedColumns } from './correlation.ts'
import { defineMatrixTransform } from './matrix-transform.ts'
import { cellsOfColumns, chiSquared, fTest, mutualInformation, type Score } from './scores.ts'
import { takeColumns } from './take-columns.ts'

const SCORES: Readonly<Record<string, { readonly words: string; readonly score: Score }>> = {
  'mutual-information': { words: 'mutual information with the target', score: mutualInformation },
  'f-test': { words: 'F statistic', score: fTest },
  'chi-squared': { words: 'chi-squared', score: chiSquared },
}

const params = z
  .strictObject({
    by: z
      .enum(['mutual-information', 'f-test', 'chi-squared', 'ranking'])
      .default('mutual-information')
      .describe('What columns are compared by; ranking: the order given'),
    ranking: z.array(z.string()).default([]).describe('`by: ranking`: names of columns (of the data or of the matrix), the most important first'),
    keep: z.int().min(1).optional().describe('Keep this many columns'),
    share: z.number().gt(0).max(1).optional().describe('Keep this share of the columns'),
    least: z.number().nonnegative().optional().describe('Keep columns with at least this score'),
    correlation: z.number().gt(0).max(1).default(1).describe('Of two numeric columns that correlate more strongly than this the one with the lower score is left out; 1: none'),
  })
type Params = z.infer<typeof params>

/** Columns left out that a saved recipe names. */
const NAMED = 100

const fitted = z.object({
  /** Ascending numbers of the columns that stay. */
  kept: z.array(z.int().nonnegative()).min(1),
  /** The first of those left out, each with its reason. */
  dropped: z.array(z.object({ column: z.string(), reason: z.string() })),
  droppedCount: z.int().nonnegative(),
})
type Fitted = z.infer<typeof fitted>

function scoresOf(matrix: Matrix, { by, ranking }: Params, target: Parameters<Score>[1]): Float64Array {
  const found = SCORES[by]
  if (found !== undefined) return Float64Array.from(cellsOfColumns(matrix), (cells) => found.score(cells, target))
  const placeOf = new Map(ranking.toReversed().map((name, place) => [name, place + 1]))
  return Float64Array.from(matrix.columns, ({ name, source }) => placeOf.get(name) ?? placeOf.get(source) ?? 0)
}

/** Numbers of columns, the best first; of equals the first. */
function ranked(scores: Float64Array): Int32Array {
  return Int32Array.from(scores, (_, j) => j).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
}

function limitOf({ keep, share, least }: Params, columns: number): number {
  const most = Math.min(keep ?? columns, share === undefined ? columns : Math.max(1, Math.round(share * columns)))
  // Asked for nothing in particular, what says nothing goes.
  return keep === undefined && share === undefined && least === undefined ? columns : most
}

function reasonFor(score: number, place: number, { by }: Params): string {
  const words = SCORES[by]?.words
  return words === undefined ? 'not among the first of the ranking' : `${words} ${Number(score.toPrecision(3))}, place ${place + 1}`
}

function learn(matrix: Matrix, given: Params, target: Parameters<Score>[1]): Fitted {
  const scores = scoresOf(matrix, given, target)
  const order = ranked(scores)
  const limit = limitOf(given, order.length)
  const least = given.least ?? (given.keep === undefined && given.share === undefined ? Number.MIN_VALUE : 0)
  const twins = given.correlation < 1 ? correlatedColumns(matrix, order, given.correlation) : new Map<number, { with: number; r: number }>()
  const kept: number[] = []
  const dropped: Fitted['dropped'] = []
  let droppedCount = 0
  order.forEach((j, place) => {
    const twin = twins.get(j)
    const enough = place === 0 || (kept.length < limit && (scores[j] as number) >= least && twin === undefined)
    if (enough) kept.push(j)
    else if (++droppedCount <= NAMED) {
      const reason = twin === undefined ? reasonFor(scores[j] as number, place, given) : `correlation ${twin.r.toFixed(3)} with "${matrix.columns[twin.with]?.name ?? ''}"`
      dropped.push({ column: matrix.columns[j]?.name ?? '', reason })
    }
  })
  return { kept: kept.toSorted((a, b) => a - b), dropped, droppedCount }
}

/** Keeps the columns that say most about the target. */
export const selection = defineMatrixTransform<Params, Fitted>({
  id: 'selection',
  version: 1,
  label: 'Selection',
  help: 'Keeps the columns that say most about the target: by mutual information, an F test, chi-squared (for counts) or a given ranking.',
  params,
  fitted,
  fit: (matrix, given, { target }) => learn(matrix, given, target),
  apply: (matrix, _params, { kept }) => takeColumns(matrix, kept.filter((j) => j < matrix.columns.length)),
  describe(columns, { by }, { kept, dropped, droppedCount }) {
    const how = SCORES[by]?.words ?? 'the given ranking'
    if (droppedCount === 0) return `selection by ${how}: all ${columns.length.toLocaleString('en')} columns stay`
    const few = kept.length <= 12 ? ` (${kept.map((j) => columns[j]?.name ?? '').join(', ')})` : ''
    const named = dropped.slice(0, 12).map(({ column, reason }) => `${column} (${reason})`)
    const more = droppedCount > named.length ? ` and ${(droppedCount - named.length).toLocaleString('en')} more` : ''
    return `selection by ${how}: ${kept.length.toLocaleString('en')} of ${columns.length.toLocaleString('en')} columns stay${few}; left out: ${named.join(', ')}${more}`
  },
})

/** Dense columns of a matrix that hold numbers. */
export function numericColumns(matrix: Matrix): readonly number[] {
  return Array.from({ length: denseColumns(matrix) }, (_, j) => j).filter((j) => matrix.columns[j]?.kind === 'numeric')
}
