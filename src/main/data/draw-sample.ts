import { createRng } from '../base/rng.ts'
import type { DataEngine } from './engine.ts'
import type { Finding } from './finding.ts'
import { withRowMask } from './keep-rows.ts'
import { countRows, ROW_NUMBER } from './parquet.ts'
import type { OpenSource } from './sources/source-reader.ts'

/** A random sample of a file's rows: how many, and the number that seeds the choice. */
export type SampleRequest = { readonly rows: number; readonly seed: number }

/** What a sample holds: `rows` of `of` rows. */
export type SampleTaken = SampleRequest & { readonly of: number }

/**
 * Runs `work` on a source that gives a random sample of its rows, in file order; on the source itself where it has no more
 * rows than asked for. The same seed draws the same rows.
 */
export async function withSample<T>(engine: DataEngine, source: OpenSource, sample: SampleRequest, work: (source: OpenSource, taken: SampleTaken | undefined) => Promise<T>): Promise<T> {
  const of = await countRows(engine, source.from).catch(async (error: unknown) => {
    throw await source.explain(engine, error)
  })
  if (of <= sample.rows) return work(source, undefined)
  return withRowMask(engine, drawRows(of, sample), (kept) => {
    const numbered = `(SELECT *, row_number() OVER () - 1 AS ${ROW_NUMBER} FROM ${source.from})`
    return work({ ...source, plain: undefined, from: `(SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${numbered} WHERE ${kept})` }, { ...sample, of })
  })
}

/** What the owner of the data should know about a sample. */
export function sampleFinding({ rows, of }: SampleTaken): Finding {
  return { kind: 'sample', message: `This is a random sample of ${rows.toLocaleString('en')} of the file's ${of.toLocaleString('en')} rows: counts and models are of the sample.`, count: rows }
}

/** A mask of `rows` of `of` rows, each set of rows being as likely (selection sampling; Knuth, TAOCP 3.4.2, algorithm S). */
function drawRows(of: number, { rows, seed }: SampleRequest): Uint8Array {
  const rng = createRng(seed)
  const mask = new Uint8Array(of)
  let wanted = rows
  for (let row = 0; row < of && wanted > 0; row++) {
    if (rng.uniform() * (of - row) >= wanted) continue
    mask[row] = 1
    wanted--
  }
  return mask
}
