import type { ColumnProfile } from '#shared/domain/profile.ts'
import type { ClassCounts, ColumnParts } from '../../data/grid/split-by-class.ts'
import { holdsNumbers } from '../../data/missing-tokens.ts'
import { requireColumn } from '../../data/view-sql.ts'
import type { GridDesk } from './grid-desk.ts'
import type { KnownDataset } from './known-datasets.ts'

/** Values of a target up to which it is one of classes. */
const MOST_CLASSES = 12

const NOTHING: ClassCounts = { classes: [], counts: [] }

/** Rows of a column's bins, or of its most frequent values, by class of the target; no classes where the target has none, or the column no parts. */
export async function columnByTarget(grid: GridDesk, dataset: KnownDataset, profile: ColumnProfile | undefined, target: string): Promise<ClassCounts> {
  const { schema } = dataset.artifact.meta
  const { type, distinct } = requireColumn(schema, target)
  const isClass = distinct >= 2 && distinct <= MOST_CLASSES && (!holdsNumbers(type) || type === 'integer')
  const parts = profile === undefined ? undefined : partsOf(profile)
  if (!isClass || profile === undefined || parts === undefined) return NOTHING
  return grid.ask(dataset, { kind: 'split', column: profile.name, target, parts })
}

function partsOf({ numbers, top }: ColumnProfile): ColumnParts | undefined {
  if (numbers !== null && numbers.histogram.edges.length > 1) return { edges: numbers.histogram.edges }
  return top.length === 0 ? undefined : { values: top.map(({ value }) => value) }
}
