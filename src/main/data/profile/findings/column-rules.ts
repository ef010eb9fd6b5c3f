import type { ColumnProfile, ProfileFinding } from '#shared/domain/profile.ts'
import { countOf, figure, percent, quoted, type FindingRule } from './gathered.ts'

/** Share of the most frequent value from which a column is nearly constant. */
const NEARLY = 0.995
/** Shares of missing cells that are worth a word, and a look. */
const SOME_MISSING = 0.2
const MANY_MISSING = 0.5
/** Categories from which a column is of many: half of its rows, or this many. */
const MANY_CATEGORIES = 1000

type ColumnRule = (column: ColumnProfile, rows: number, isTarget: boolean) => ProfileFinding | undefined

/** What a column's own counts say. */
export const columnRules: FindingRule = ({ columns, rows, target }) =>
  columns.flatMap((column) => RULES.flatMap((rule) => rule(column, rows, column.name === target?.name) ?? []))

const empty: ColumnRule = ({ name, missing }, rows) =>
  missing < rows || rows === 0
    ? undefined
    : { kind: 'empty-column', severity: 'info', columns: [name], message: `Column ${quoted(name)} is empty in every row.`, advice: 'It is left out of models. Check that the export was complete.', figures: { missing } }

const constant: ColumnRule = ({ name, distinct, missing, top }, rows) => {
  if (distinct !== 1 || missing > 0 || rows < 2) return undefined
  const value = top[0]?.value
  return { kind: 'constant-column', severity: 'info', columns: [name], message: `Column ${quoted(name)} has the same value in every row${value === undefined ? '' : `: ${quoted(value)}`}.`, advice: 'It is left out of models; it can be dropped.', figures: { distinct } }
}

const nearlyConstant: ColumnRule = ({ name, distinct, top, missing }, rows, isTarget) => {
  const [first] = top
  const values = rows - missing
  if (isTarget || first === undefined || distinct < 2 || values < 200 || first.count < NEARLY * values) return undefined
  return {
    kind: 'nearly-constant',
    severity: 'info',
    columns: [name],
    message: `Column ${quoted(name)} is ${quoted(first.value)} in ${percent(first.count / values)} of its rows; only ${countOf(values - first.count, 'row')} differ${values - first.count === 1 ? 's' : ''}.`,
    advice: 'Models can learn little from it; drop it unless the rare rows are what matters.',
    figures: { rows: first.count, share: first.count / values },
  }
}

const identifier: ColumnRule = ({ name, role, reason, distinct }, _rows, isTarget) =>
  role !== 'identifier' || isTarget
    ? undefined
    : { kind: 'identifier', severity: 'info', columns: [name], message: `Column ${quoted(name)} identifies the rows (${reason}).`, advice: 'It is kept out of models by itself; a model that learns it learns the rows by heart.', figures: { distinct } }

const manyCategories: ColumnRule = ({ name, type, role, distinct, missing }, rows, isTarget) => {
  const values = rows - missing
  if (isTarget || type !== 'category' || role !== 'feature' || values < 100 || (distinct < MANY_CATEGORIES && distinct < values / 2)) return undefined
  return {
    kind: 'high-cardinality',
    severity: distinct > values / 2 ? 'warning' : 'info',
    columns: [name],
    message: `Column ${quoted(name)} has ${countOf(distinct, 'different value')} in ${countOf(values, 'row')}.`,
    advice: 'If it is a key, give it the role identifier; if it is text, the type text; else group its rare values.',
    figures: { distinct, values },
  }
}

const mixed: ColumnRule = ({ name, type, numberLike, missing }, rows) => {
  const values = rows - missing
  const others = values - numberLike
  if (type !== 'category' || numberLike < Math.max(3, values * 0.01) || others < Math.max(1, values * 0.001)) return undefined
  const fewTexts = others < numberLike
  return {
    kind: 'mixed-types',
    severity: fewTexts && others < values * 0.1 ? 'warning' : 'info',
    columns: [name],
    message: `Column ${quoted(name)} mixes ${countOf(numberLike, 'number')} with ${countOf(others, 'other text')}.`,
    advice: fewTexts ? 'If it should be numbers, correct those texts or declare them as missing; now it is read as categories.' : 'Check whether the numbers are codes that belong there.',
    figures: { numbers: numberLike, others },
  }
}

const missingCells: ColumnRule = ({ name, missing }, rows) => {
  const share = rows === 0 ? 0 : missing / rows
  if (share < SOME_MISSING || missing === rows) return undefined
  return {
    kind: 'missing',
    severity: share >= MANY_MISSING ? 'warning' : 'info',
    columns: [name],
    message: `Column ${quoted(name)} lacks a value in ${percent(share)} of the rows.`,
    advice: share >= MANY_MISSING ? 'Find out why; if it is not by chance, that it is missing may say more than its values.' : 'Missing cells are filled by the recipe, with a mark where they were; find out why they are missing.',
    figures: { missing, share },
  }
}

const variants: ColumnRule = ({ name, type, variants: count }) =>
  count === 0 || type !== 'category'
    ? undefined
    : { kind: 'category-variants', severity: 'warning', columns: [name], message: `Column ${quoted(name)} has ${countOf(count, 'value')} that differ from another one only in upper and lower case or in spaces.`, advice: 'prepare/clean can write them one way.', figures: { variants: count } }

const infinite: ColumnRule = ({ name, numbers }) =>
  numbers === null || numbers.infinite === 0
    ? undefined
    : { kind: 'infinite', severity: 'warning', columns: [name], message: `Column ${quoted(name)} holds ${countOf(numbers.infinite, 'infinite number')}; they are taken as missing.`, advice: 'They often come from a division by zero where the column was made.', figures: { infinite: numbers.infinite } }

const future: ColumnRule = ({ name, dates }) =>
  dates === null || dates.future === 0
    ? undefined
    : { kind: 'future-dates', severity: 'warning', columns: [name], message: `Column ${quoted(name)} holds ${countOf(dates.future, 'date')} after today.`, advice: 'Right for plans and expiry dates; for what has happened they are mistakes, or stand for "open".', figures: { future: dates.future } }

const placeholders: ColumnRule = ({ name, dates }) => {
  const [first] = dates?.placeholders ?? []
  if (first === undefined) return undefined
  const count = (dates?.placeholders ?? []).reduce((sum, day) => sum + day.count, 0)
  const days = (dates?.placeholders ?? []).map(({ day }) => day).join(', ')
  return { kind: 'placeholder-dates', severity: 'warning', columns: [name], message: `Column ${quoted(name)} holds ${days} in ${countOf(count, 'row')}, more than a year from every other date.`, advice: 'Such days usually stand for "not known": declare them as missing.', figures: { rows: count, days } }
}

const skewed: ColumnRule = ({ name, numbers, dates }, _rows, isTarget) => {
  if (numbers === null || dates !== null || numbers.skew === null || numbers.skew < 5 || numbers.negatives > 0 || numbers.values < 100) return undefined
  const [, , , q25, , q75] = numbers.quantiles
  if (q25 === undefined || q75 === undefined || !(q75.value > q25.value)) return undefined // mostly one value: a logarithm changes little
  return { kind: 'skewed', severity: 'info', columns: [name], message: `Column ${quoted(name)} has a long tail of large values (skew ${figure(numbers.skew)}).`, advice: isTarget ? 'Errors will be ruled by the largest values; a logarithm of the target may be fairer.' : 'Linear models gain from its logarithm; trees do not mind.', figures: { skew: numbers.skew } }
}

const RULES: readonly ColumnRule[] = [empty, constant, nearlyConstant, identifier, manyCategories, mixed, missingCells, variants, infinite, future, placeholders, skewed]
