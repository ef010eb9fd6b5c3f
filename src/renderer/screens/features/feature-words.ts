import type { FeatureColumn } from '#shared/contract/features.ts'
import type { Distribution } from '#shared/domain/distribution.ts'
import { formatCount, formatNumber, formatShare, plural } from '../../components/format.ts'

/** Kinds of columns that the cards can be narrowed to. */
export type FeatureFilter = 'all' | 'numbers' | 'categories' | 'left-out'

/** True where the column holds numbers or moments. */
export function isNumbers({ type }: Pick<FeatureColumn, 'type'>): boolean {
  return type === 'integer' || type === 'decimal' || type === 'datetime'
}

/** Whether a card is shown under a filter. */
export function passes(column: FeatureColumn, filter: FeatureFilter): boolean {
  if (filter === 'all') return true
  if (filter === 'left-out') return !column.enters
  return column.enters && isNumbers(column) === (filter === 'numbers')
}

/** A most frequent level with less than this says nothing of the column. */
const LEAST_SHARE = 0.005

function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}

/** What is in a column, in one short line. */
export function factsInWords(column: FeatureColumn, distribution: Distribution | undefined): string {
  const gaps = column.missing > 0 ? `, ${formatCount(column.missing)} missing` : ''
  if (distribution === undefined) return column.formula ?? `${plural(column.distinct, 'value')}${gaps}`
  if (distribution.kind === 'levels') {
    const rows = distribution.levels.reduce((sum, { count }) => sum + count, 0) + distribution.other
    const [most] = distribution.levels
    const levels = plural(column.distinct === 0 ? distribution.levels.length : column.distinct, 'level')
    if (most === undefined || rows === 0) return `no values${gaps}`
    const share = most.count / rows
    return share < LEAST_SHARE ? `${levels}${gaps}` : `${levels}, ${most.value.slice(0, 24)} ${formatShare(share)}${gaps}`
  }
  const [least, greatest] = [distribution.edges[0], distribution.edges.at(-1)]
  if (least === undefined || greatest === undefined) return 'no values'
  const shown = column.type === 'datetime' ? moment : (value: number) => formatNumber(value, 4)
  // Bars of whole numbers begin and end between them.
  const [from, to] = column.type === 'integer' ? [Math.ceil(least) + 0, Math.floor(greatest)] : [least, greatest]
  return `${shown(from)} – ${shown(to)}${distribution.missing > 0 && column.missing === 0 ? `, ${formatCount(distribution.missing)} missing` : gaps}`
}

/** Names of transforms where several share a line. */
const SHORT: Readonly<Record<string, string>> = { 'yeo-johnson': 'unskew', 'missing-indicator': 'mark gaps', impute: 'fill', 'one-hot': 'one-hot' }

type Ways = Pick<FeatureColumn, 'enters' | 'leftOut' | 'ways'>

/** What is done with a column, in one line. */
export function waysInWords(column: Ways): string {
  return inWords(column, ({ label }) => label.toLowerCase())
}

/** The same as short as a card has room for. */
export function shortWays(column: Ways): string {
  return column.ways.flat().length < 2 ? waysInWords(column) : inWords(column, ({ transform, label }) => SHORT[transform] ?? label.toLowerCase())
}

function inWords({ enters, leftOut, ways }: Ways, nameOf: (line: Ways['ways'][number][number]) => string): string {
  if (!enters) return leftOut ?? 'left out'
  return ways.map((way) => (way.length === 0 ? 'as it is' : way.map(nameOf).join(', '))).join(' + ')
}

/** How many columns and formulas enter, in words. */
export function enteringInWords(columns: readonly FeatureColumn[]): string {
  const formulas = columns.filter(({ enters, formula }) => enters && formula !== null).length
  const plain = columns.filter(({ enters, formula }) => enters && formula === null).length
  return `${plural(plain, 'column')}${formulas === 0 ? '' : ` and ${plural(formulas, 'formula')}`} in`
}
