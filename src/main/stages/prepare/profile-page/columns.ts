import type { ColumnProfile, DatasetProfile, NumberProfile } from '#shared/domain/profile.ts'
import { dayText } from '../../../data/profile/read-dates.ts'
import { barList } from '../../../html/charts/bar-list.ts'
import { figure } from '../../../html/charts/figure.ts'
import { histogram, sparkHistogram } from '../../../html/charts/histogram.ts'
import { html, type Fragment, type Markup } from '../../../html/markup.ts'
import { countText, numberText, percentText, scoreText } from '../../../html/number-text.ts'
import { table } from '../../../html/table.ts'

/** Columns whose details the page holds; those of the rest stand in the table alone, so that a page of 2,000 columns opens at once. */
const DETAILED = 200
/** Columns that the table lists; the rest stand in profile.json. */
const LISTED = 2000

const MEASURES = { auc: 'AUC', lambda: 'λ', r2: 'R²' } as const

function distinctText({ distinct, distinctExact }: ColumnProfile): string {
  return distinctExact ? countText(distinct) : `about ${countText(distinct)}`
}

function shape(column: ColumnProfile): Fragment {
  const counts = column.numbers === null ? column.top.map(({ count }) => count) : column.numbers.histogram.counts
  return counts.length === 0 ? '' : sparkHistogram(column.name, counts, column.numbers === null ? 'c3' : 'c1')
}

function summary(column: ColumnProfile): string {
  const { numbers, dates, top } = column
  if (dates !== null) return `${dayText(dates.first)} … ${dayText(dates.last)}`
  if (numbers !== null) {
    const [low, middle, high] = [numbers.quantiles[0], numbers.quantiles[4], numbers.quantiles.at(-1)]
    return low === undefined || middle === undefined || high === undefined ? '' : `${numberText(low.value)} … ${numberText(middle.value)} … ${numberText(high.value)}`
  }
  return top.slice(0, 3).map(({ value }) => (value.length > 24 ? `${value.slice(0, 23)}…` : value)).join(', ')
}

/** Every column in a row: type, counts, shape, middle and ends. */
export function columnTable({ columns, rows, target }: DatasetProfile): Markup {
  const titles = ['Column', 'Type', 'Role', 'Missing', 'Distinct', 'Shape', 'Least … median … greatest, or most frequent']
  return table(
    'Columns',
    [
      ...titles.map((title, i) => ({ title, kind: i === 3 || i === 4 ? ('number' as const) : i === 5 ? ('wide' as const) : ('text' as const) })),
      ...(target === null ? [] : [{ title: 'Predicts the target', kind: 'number' as const }]),
    ],
    columns.slice(0, LISTED).map((column, i) => [
      i < DETAILED ? html`<a href="#column-${String(i)}">${column.name}</a>` : column.name,
      column.type,
      column.role,
      rows === 0 ? '–' : percentText(column.missing / rows),
      distinctText(column),
      shape(column),
      summary(column),
      ...(target === null ? [] : [column.target === null ? '' : `${MEASURES[column.target.measure]} ${scoreText(column.target.value)}`]),
    ]),
  )
}

/** Details of the columns, folded away. */
export function columnDetails({ columns, rows }: DatasetProfile): Fragment {
  const [rest, unlisted] = [columns.length - DETAILED, columns.length - LISTED]
  return [
    ...columns.slice(0, DETAILED).map((column, i) => html`<details class="column" id="column-${String(i)}"><summary>${column.name} <span class="tag">${column.type}</span></summary><p class="muted">${column.reason}</p><div class="grid">${details(column, rows)}</div></details>`),
    rest > 0 ? html`<p class="note">Details of ${countText(rest)} further columns are in profile.json${unlisted > 0 ? `; ${countText(unlisted)} of them are not in the table above` : ''}.</p>` : '',
  ]
}

function details(column: ColumnProfile, rows: number): Fragment {
  const { numbers, texts, dates, top } = column
  return [
    numbers === null ? '' : numberFigure(column.name, numbers, dates !== null),
    numbers === null || dates !== null ? '' : numberTable(numbers),
    dates === null ? '' : dateFigures(dates),
    texts === null ? '' : figure('Lengths', `mean ${numberText(texts.meanLength)} characters, ${numberText(texts.meanWords)} words`, histogram('Characters', texts.lengths)),
    top.length === 0 ? '' : figure('Most frequent values', undefined, barList(`Values of ${column.name}`, 'Value', 'Rows', top.slice(0, 12).map(({ value, count }) => ({ name: value, value: count, text: `${countText(count)} (${percentText(count / Math.max(1, rows))})` })))),
  ]
}

function numberFigure(name: string, { histogram: bins, values }: NumberProfile, isDate: boolean): Fragment {
  if (values === 0 || bins.counts.length === 0) return ''
  const outside = bins.below + bins.above
  const about = outside === 0 ? undefined : `${countText(outside)} far-off values outside`
  const text = isDate ? dayText : undefined
  return figure('Distribution', about, histogram(name, bins, text === undefined ? {} : { text }))
}

function numberTable(numbers: NumberProfile): Markup {
  const figures: readonly (readonly [string, number | null])[] = [
    ...numbers.quantiles.map(({ q, value }) => [q === 0 ? 'Least' : q === 1 ? 'Greatest' : q === 0.5 ? 'Median' : `${String(Math.round(q * 100))} %`, value] as const),
    ['Mean', numbers.mean],
    ['Standard deviation', numbers.deviation],
    ['Skew', numbers.skew],
    ['Excess kurtosis', numbers.kurtosis],
    ['Zeros', numbers.zeros],
    ['Negative', numbers.negatives],
    ['Infinite', numbers.infinite],
  ]
  return table('Figures', [{ title: 'Figure' }, { title: 'Value', kind: 'number' }], figures.map(([name, value]) => [name, value === null ? '–' : numberText(value, 6)]))
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

function dateFigures(dates: NonNullable<ColumnProfile['dates']>): Fragment {
  const bars = (names: readonly string[], counts: readonly number[]) => names.map((name, i) => ({ name, value: counts[i] ?? 0, text: countText(counts[i] ?? 0) }))
  const gap = dates.longestGap === null ? 'no day without a row' : `${countText(dates.emptyDays)} days without a row, at most ${countText(dates.longestGap.days)} in a run`
  return [figure('By weekday', gap, barList('Rows by weekday', 'Weekday', 'Rows', bars(WEEKDAYS, dates.weekdays))), figure('By month', undefined, barList('Rows by month', 'Month', 'Rows', bars(MONTHS, dates.months)))]
}
