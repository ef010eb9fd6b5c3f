import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import { formatBytes } from '../../base/byte-size.ts'
import type { RowSample } from '../../data/load-table.ts'
import type { StageContext } from '../step-kind.ts'
import type { TrainParams } from './params.ts'

/** What training takes whatever the data. */
const BASE = 128 << 20
/** Bytes of a cell: the table, its rows in a fold, and the matrices and designs made of both. */
const CELL = 8 * 6
/** Bytes of a text in memory, its words included; texts are read whole. */
const TEXT = 1200
/** DuckDB has the other half while it reads. */
const SHARE = 0.5
/** Fewer rows than this are never worth a sample. */
const FEWEST = 10_000

function bytesPerRow({ schema }: ArtifactMeta<'dataset'>): number {
  return schema.columns.reduce((sum, { type, role }) => sum + (type === 'text' && role === 'feature' ? TEXT : CELL), 0)
}

function rowsThatFit(meta: ArtifactMeta<'dataset'>, memoryBytes: number): number {
  return Math.max(FEWEST, Math.floor((memoryBytes * SHARE - BASE / 2) / Math.max(CELL, bytesPerRow(meta))))
}

/** Bytes that training takes at its peak, by what it was asked to learn from; `auto` takes what it is given. */
export function trainingMemory(rows: TrainParams['rows'], meta: ArtifactMeta<'dataset'>): number {
  const wanted = rows === 'all' ? meta.rows : Math.min(meta.rows, rows === 'auto' ? FEWEST : rows)
  return BASE + wanted * bytesPerRow(meta)
}

/** The rows to learn from; undefined: all of them. A sample is told in the log, with the reason. */
export function sampleFor(rows: TrainParams['rows'], train: Artifact<'dataset'>, ctx: StageContext): RowSample | undefined {
  const total = train.meta.rows
  const wanted = rows === 'all' ? total : rows === 'auto' ? rowsThatFit(train.meta, ctx.memoryBytes) : rows
  if (wanted >= total) return undefined
  const why = rows === 'auto' ? `all would take about ${formatBytes(trainingMemory('all', train.meta))}, and ${formatBytes(ctx.memoryBytes)} may be used` : '`rows` asks for it'
  ctx.log.warn(`Learns from a sample of ${wanted.toLocaleString('en')} of the ${total.toLocaleString('en')} training rows, spread evenly: ${why}`)
  return { wanted, seed: ctx.seed }
}
