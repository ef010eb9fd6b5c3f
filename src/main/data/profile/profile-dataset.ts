import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ColumnProfile, DatasetProfile } from '#shared/domain/profile.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { suggestColumn } from '../suggest-column.ts'
import { associate, type ComparedRows } from './associate.ts'
import { standInOf } from './findings/far-values.ts'
import { findAll } from './findings/index.ts'
import type { Gathered } from './findings/gathered.ts'
import { findMissingPatterns } from './missing-patterns.ts'
import { findOverlap, type Comparison } from './overlap.ts'
import { profileColumns } from './profile-columns.ts'
import { dayText } from './read-dates.ts'
import { openParts, openRelation, type Relation } from './relation.ts'
import { countRepeatedRows } from './repeated-rows.ts'
import { writeSample } from './sample-rows.ts'
import { linkToTarget, loadTarget } from './target-links.ts'
import { findTwins } from './twins.ts'

/** What to find out about a dataset. */
export type ProfileOptions = {
  /** `quick`: counts, quantiles, histograms, top values; `full`: all there is. */
  readonly level: 'quick' | 'full'
  /** Milliseconds since 1970-01-01 UTC of the moment at which the profile is made: later dates are in the future. */
  readonly asOf: number
  /** An empty folder for rows that are drawn; needed for `full` and for `sample`. */
  readonly scratchFolder: string
  /** The column to predict. */
  readonly target?: string | undefined
  /** Look at about so many rows only, spread evenly. */
  readonly sample?: number | undefined
  readonly compare?: Comparison | undefined
  /** Called between scans with 0 … 1 and what goes on; may throw to stop. */
  readonly progress?: (fraction: number, message: string) => void
}

/** Rows up to which columns are compared two by two; of longer tables so many are drawn. */
const COMPARED_ROWS = 100_000

/**
 * What a dataset version is like. Reads `parquet` out of core under the engine's memory limit; the same file gives the same
 * profile on any number of threads.
 */
export async function profileDataset(engine: DataEngine, parquet: string, schema: TableSchema, options: ProfileOptions): Promise<DatasetProfile> {
  const progress = options.progress ?? (() => undefined)
  if (options.target !== undefined) requireTarget(schema, options.target)
  const { size } = await stat(parquet)
  const whole = await openRelation(engine, parquet, schema)
  const relation = await sampled(whole, schema, options)
  const parts = await openParts(relation, options.scratchFolder, () => {
    progress(0, 'Reading columns')
  })
  const columns = await profileColumns(parts, {
    level: options.level,
    asOf: options.asOf,
    progress: (fraction) => {
      progress(fraction * 0.6, 'Counting values')
    },
  })
  const base: DatasetProfile = {
    formatVersion: 1,
    level: options.level,
    rows: relation.rows,
    bytes: size,
    sample: relation === whole ? null : { rows: relation.rows, of: whole.rows },
    asOf: dayText(options.asOf),
    target: options.target ?? null,
    columns,
    missing: null,
    associations: null,
    repeatedRows: null,
    overlap: null,
    findings: [],
  }
  return options.level === 'quick' ? base : complete(relation, parts, base, schema, options)
}

function requireTarget({ columns }: TableSchema, target: string): void {
  const names = columns.map(({ name }) => name)
  if (names.includes(target)) return
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `The dataset has no column "${target}"`,
    message: suggestColumn(target, names),
    nextStep: 'Name the column to predict as the dataset names it.',
    details: { column: target },
  })
}

async function sampled(whole: Relation, schema: TableSchema, { sample, scratchFolder }: ProfileOptions): Promise<Relation> {
  if (sample === undefined || sample >= whole.rows) return whole
  const path = join(scratchFolder, 'sample.parquet')
  await writeSample(whole.engine, whole.path, { wanted: sample, total: whole.rows }, path)
  return openRelation(whole.engine, path, schema)
}

/** Everything that looks at several columns at once, and what is found in it all. */
async function complete(relation: Relation, parts: readonly Relation[], base: DatasetProfile, schema: TableSchema, options: ProfileOptions): Promise<DatasetProfile> {
  const progress = options.progress ?? (() => undefined)
  const check = (message: string, fraction: number) => (): void => {
    progress(fraction, message)
  }
  progress(0.6, 'Comparing missing cells')
  const missing = await findMissingPatterns(relation, base.columns)
  progress(0.65, 'Looking for repeated rows and columns')
  const repeatedRows = await countRepeatedRows(relation, parts)
  const { twins, left } = await findTwins(relation, parts, base.columns, check('Looking for repeated columns', 0.7))
  const overlap = options.compare === undefined ? null : await findOverlap(relation, options.compare)
  const compared = await comparedRows(relation, parts, schema, base.columns, options, check('Comparing columns', 0.9))
  const { columns, target } = await withTarget(compared, base.columns, options.target, progress)
  progress(0.9, 'Comparing columns')
  const associations = base.rows === 0 ? null : await associate(compared, columns, options.target ?? null)
  const gathered: Gathered = { rows: base.rows, columns, repeatedRows, twins, twinsLeft: left, missing, associations, overlap, target }
  return { ...base, columns, missing, associations, repeatedRows, overlap, findings: findAll(gathered) }
}

async function comparedRows(relation: Relation, parts: readonly Relation[], schema: TableSchema, columns: readonly ColumnProfile[], { scratchFolder }: ProfileOptions, check: () => void): Promise<ComparedRows> {
  const { engine, rows, path } = relation
  const standIns = new Map(columns.flatMap((column) => {
    const found = standInOf(column)
    return found === undefined ? [] : [[column.name, found.value] as const]
  }))
  if (rows <= COMPARED_ROWS) return { engine, parquet: path, parts: parts.map((part) => ({ path: part.path, columns: part.columns.map((column) => column.schema) })), schema, standIns, check }
  const drawn = join(scratchFolder, 'compared.parquet')
  await writeSample(engine, path, { wanted: COMPARED_ROWS, total: rows }, drawn)
  return { engine, parquet: drawn, parts: [{ path: drawn, columns: schema.columns }], schema, standIns, check }
}

async function withTarget(
  compared: ComparedRows,
  columns: readonly ColumnProfile[],
  name: string | undefined,
  progress: (fraction: number, message: string) => void,
): Promise<{ columns: ColumnProfile[]; target: Gathered['target'] }> {
  const schema = compared.schema.columns.find((column) => column.name === name)
  const profile = columns.find((column) => column.name === name)
  if (schema === undefined || profile === undefined) return { columns: [...columns], target: null }
  const loaded = await loadTarget(compared, schema, profile)
  const facts = await linkToTarget(compared, columns, loaded, (fraction) => {
    progress(0.7 + 0.2 * fraction, 'Comparing columns with the target')
  })
  const byName = new Map(facts.map((fact) => [fact.column, fact]))
  const classes = loaded.values.kind === 'classes' ? loaded.values.classes.map((label, code) => ({ name: label, rows: loaded.classCounts[code] ?? 0 })) : []
  return {
    columns: columns.map((column) => {
      const found = byName.get(column.name)
      return found?.alone === undefined ? column : { ...column, target: { ...found.alone, association: found.association } }
    }),
    target: { name: schema.name, classes, facts },
  }
}
