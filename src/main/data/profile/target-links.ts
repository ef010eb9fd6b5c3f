import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import type { Column } from '../../table/column.ts'
import { columnOf } from '../../table/table.ts'
import { holdsNumbers } from '../missing-tokens.ts'
import { predictAlone, type AloneScore, type TargetValues } from './alone-predicts.ts'
import { loadCompared, type ComparedRows } from './associate.ts'
import { association, comparable } from './pair-association.ts'

/** What a column's cells, and their absence, say about the target. */
export type TargetFacts = {
  readonly column: string
  readonly alone: AloneScore | undefined
  readonly association: number | null
  /** Present cells occur with one class of the target alone. */
  readonly onlyWith: { readonly class: string; readonly rows: number; readonly share: number } | undefined
  /** How much missing cells depend on the target. */
  readonly missing: { readonly strength: number; readonly deviations: number; readonly least: number; readonly most: number } | undefined
}

/** The target of a profile as it is learnt. */
export type LoadedTarget = { readonly column: Column; readonly values: TargetValues; readonly classCounts: readonly number[] }

/** Distinct whole numbers up to which a target of numbers is taken as classes. */
const FEW_CLASSES = 20
/** Levels of a category column that are looked at; free text and keys have more. */
const MOST_LEVELS = 5000
/** Cells that are held at a time, and columns at least. */
const BATCH_CELLS = 4_000_000
const FEWEST_TOGETHER = 32

/** The target's cells: classes where its column holds categories, or few whole numbers; else numbers. */
export async function loadTarget(compared: ComparedRows, schema: ColumnSchema, profile: ColumnProfile): Promise<LoadedTarget> {
  const isNumber = holdsNumbers(schema.type) && !(profile.numbers?.whole === true && profile.distinct <= FEW_CLASSES)
  const table = await loadCompared(compared, [{ schema, as: isNumber ? 'number' : 'category' }])
  const column = columnOf(table, schema.name)
  if (column.kind === 'number') return { column, values: { kind: 'numbers', values: column.values }, classCounts: [] }
  const classCounts = column.categories.map(() => 0)
  for (const code of column.codes) if (code >= 0) classCounts[code] = (classCounts[code] ?? 0) + 1
  return { column, values: { kind: 'classes', codes: column.codes, classes: column.categories }, classCounts }
}

/** What every column but the target and those that vary by nothing says about it. */
export async function linkToTarget(compared: ComparedRows, columns: readonly ColumnProfile[], target: LoadedTarget, progress: (fraction: number) => void): Promise<TargetFacts[]> {
  const wanted = columns.filter(
    ({ name, type, distinct, missing }) => name !== target.column.name && (distinct > 1 || (distinct === 1 && missing > 0)) && (holdsNumbers(type) || distinct <= MOST_LEVELS),
  )
  const together = Math.max(FEWEST_TOGETHER, Math.floor(BATCH_CELLS / Math.max(1, rowsOf(target.column))))
  const names = new Set(wanted.map(({ name }) => name))
  const facts: TargetFacts[] = []
  for (const { path, columns: stored } of compared.parts) {
    const some = stored.filter(({ name }) => names.has(name))
    for (let start = 0; start < some.length; start += together) {
      progress(facts.length / wanted.length)
      const requests = some.slice(start, start + together).map((schema) => ({ schema, as: holdsNumbers(schema.type) ? ('number' as const) : ('category' as const) }))
      const table = await loadCompared({ ...compared, parquet: path }, requests)
      for (const column of table.columns) facts.push(factsOf(column, target))
    }
  }
  return facts
}

function factsOf(column: Column, target: LoadedTarget): TargetFacts {
  return {
    column: column.name,
    alone: predictAlone(column, target.values),
    association: association(comparable(column), comparable(target.column)),
    onlyWith: target.values.kind === 'classes' ? onlyWith(column, target.values, target.classCounts) : undefined,
    missing: missingByTarget(column, target),
  }
}

function rowsOf(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length
}

function isPresent(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isFinite(column.values[row]) : (column.codes[row] as number) >= 0
}

/** The one class that all rows with a cell of the column have; undefined where there are several, or no missing cell. */
function onlyWith(column: Column, target: Extract<TargetValues, { kind: 'classes' }>, classCounts: readonly number[]): TargetFacts['onlyWith'] {
  let only = -1
  let rows = 0
  for (let row = 0; row < target.codes.length; row++) {
    const code = target.codes[row] as number
    if (code < 0 || !isPresent(column, row)) continue
    if (only >= 0 && code !== only) return undefined
    only = code
    rows++
  }
  const total = classCounts.reduce((sum, count) => sum + count, 0)
  const share = (classCounts[only] ?? 0) / Math.max(1, total)
  return only < 0 || share === 1 || rows === total ? undefined : { class: target.classes[only] ?? '', rows, share }
}

/**
 * Missing cells against the target. Classes: φ = √(χ²/n), and how many deviations the most unusual class's share of missing
 * cells lies from that of the others. Numbers: Cohen's d of the target between rows with and without a cell.
 */
function missingByTarget(column: Column, { values }: LoadedTarget): TargetFacts['missing'] {
  return values.kind === 'classes' ? missingByClass(column, values) : missingByNumber(column, values.values)
}

function missingByClass(column: Column, { codes, classes }: Extract<TargetValues, { kind: 'classes' }>): TargetFacts['missing'] {
  const [rows, absent] = [classes.map(() => 0), classes.map(() => 0)]
  let [n, missing] = [0, 0]
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0) continue
    n++
    rows[code] = (rows[code] ?? 0) + 1
    if (isPresent(column, row)) continue
    missing++
    absent[code] = (absent[code] ?? 0) + 1
  }
  if (missing === 0 || missing === n) return undefined
  const share = missing / n
  let [chi2, deviations] = [0, 0]
  for (const [code, count] of rows.entries()) {
    if (count === 0 || count === n) continue
    const difference = (absent[code] ?? 0) - count * share
    chi2 += difference ** 2 / (count * share) + difference ** 2 / (count * (1 - share))
    deviations = Math.max(deviations, Math.abs(difference) / Math.sqrt(count * share * (1 - share) * (1 - count / n)))
  }
  const shares = rows.flatMap((count, code) => (count === 0 ? [] : [(absent[code] ?? 0) / count]))
  return { strength: Math.sqrt(chi2 / n), deviations, least: Math.min(...shares), most: Math.max(...shares) }
}

function missingByNumber(column: Column, target: Float64Array): TargetFacts['missing'] {
  const sides = [
    { n: 0, mean: 0, m2: 0 },
    { n: 0, mean: 0, m2: 0 },
  ] as const satisfies readonly { n: number; mean: number; m2: number }[]
  for (let row = 0; row < target.length; row++) {
    const value = target[row] as number
    if (!Number.isFinite(value)) continue
    const side: { n: number; mean: number; m2: number } = isPresent(column, row) ? sides[0] : sides[1]
    side.n++
    const delta = value - side.mean
    side.mean += delta / side.n
    side.m2 += delta * (value - side.mean)
  }
  const [present, absent]: readonly { n: number; mean: number; m2: number }[] = sides
  if (present === undefined || absent === undefined || present.n < 2 || absent.n < 2) return undefined
  const pooled = Math.sqrt((present.m2 + absent.m2) / (present.n + absent.n - 2))
  const strength = Math.abs(present.mean - absent.mean) / pooled
  if (!Number.isFinite(strength)) return undefined
  const deviations = strength / Math.sqrt(1 / present.n + 1 / absent.n)
  return { strength, deviations, least: Math.min(present.mean, absent.mean), most: Math.max(present.mean, absent.mean) }
}
