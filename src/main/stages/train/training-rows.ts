import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import { formatBytes } from '../../base/byte-size.ts'
import type { RowSample } from '../../data/load-table.ts'
import type { StageContext } from '../step-kind.ts'
import type { TrainParams } from './params.ts'
import type { Samples } from './read-training-set.ts'

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

/** Datasets that training holds in memory. */
type Data = { readonly train: Artifact<'dataset'>; readonly validation: Artifact<'dataset'> | undefined }

/** Bytes that training takes at its peak, by what it was asked to learn from; `auto` takes what it is given. */
export function trainingMemory(rows: TrainParams['rows'], meta: ArtifactMeta<'dataset'>, validation?: ArtifactMeta<'dataset'>): number {
  const wanted = rows === 'all' ? meta.rows : Math.min(meta.rows, rows === 'auto' ? FEWEST : rows)
  const judges = Math.min(validation?.rows ?? 0, rows === 'auto' ? FEWEST : Infinity)
  return BASE + (wanted + judges) * bytesPerRow(meta)
}

/** The rows to learn from and to judge by; undefined: all of them. A sample is told in the log, with the reason. */
export function samplesFor(rows: TrainParams['rows'], data: Data, ctx: StageContext): Samples {
  if (rows === 'all') return { train: undefined, validation: undefined }
  if (rows !== 'auto') return { train: sampleOf(data.train, rows, LEARNS, '`rows` asks for it', ctx), validation: undefined }
  const total = data.train.meta.rows + (data.validation?.meta.rows ?? 0)
  const share = rowsThatFit(data.train.meta, ctx.memoryBytes) / total
  const why = `all would take about ${formatBytes(trainingMemory('all', data.train.meta, data.validation?.meta))}, and ${formatBytes(ctx.memoryBytes)} may be used`
  const part = (one: Artifact<'dataset'>, use: Use): RowSample | undefined => sampleOf(one, Math.floor(share * one.meta.rows), use, why, ctx)
  return { train: part(data.train, LEARNS), validation: data.validation && part(data.validation, JUDGES) }
}

type Use = { readonly does: string; readonly rows: string }
const LEARNS: Use = { does: 'Learns from', rows: 'training' }
const JUDGES: Use = { does: 'Judges by', rows: 'validation' }

function sampleOf({ meta }: Artifact<'dataset'>, wanted: number, { does, rows }: Use, why: string, ctx: StageContext): RowSample | undefined {
  const total = meta.rows
  if (wanted >= total) return undefined
  ctx.log.warn(`${does} a sample of ${wanted.toLocaleString('en')} of the ${total.toLocaleString('en')} ${rows} rows, spread evenly: ${why}`)
  return { wanted, seed: ctx.seed }
}
