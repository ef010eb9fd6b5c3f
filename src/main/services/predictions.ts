import { availableParallelism } from 'node:os'
import type { ModelRef } from '#shared/domain/run.ts'
import { MillraceError } from '#shared/errors.ts'
import type { AbortFlag } from '../base/abort.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { workerUrl } from '#shared/worker-url.ts'
import type { ReadingOptions } from '../data/sources/reading-options.ts'
import type { FormulaRule } from '../serving/csv-line.ts'
import type { PredictJobInput, PredictJobOutput } from '../serving/predict-job.ts'
import type { Project } from '../store/project.ts'
import { createWorkerPool } from '../workers/pool.ts'
import { refuseProjectFile } from './own-files.ts'
import { servedModel } from './models.ts'
import { readingOption, withRemedy } from './with-remedy.ts'

/** Rows to predict and where the predictions go. */
export type PredictionRequest = ({ readonly model: string } | { readonly deployment: string }) & {
  /** Absolute path of a CSV, TSV or Parquet file with the columns that the model reads. */
  readonly input: string
  /** Absolute path of the CSV file to write. */
  readonly output: string
  /** Put the input's own columns before the predictions. */
  readonly keepInput: boolean
  /** What becomes of text of the kept input that a spreadsheet would run as a formula; `keep` if not said. */
  readonly formulas?: FormulaRule | undefined
  /** Text where the model takes a number: refuse the file, or take it as missing. */
  readonly onInvalid: 'error' | 'missing'
  /** How the input is read, as far as it is not found out. */
  readonly reading?: ReadingOptions
}

/** A file of predictions, one line per input row, in order. */
export type PredictionFile = {
  readonly rows: number
  readonly output: string
  readonly model: ModelRef
  readonly seconds: number
}

/** How a prediction is watched and stopped. */
export type PredictionEffects = { readonly signal: AbortFlag; readonly onProgress?: (message: string) => void }

/** DuckDB's part of the memory: it streams, so that a gigabyte is plenty. */
const mostDataMemory = 2 ** 30

/** Predicts every row of a file with a model or what a deployment serves, in a worker thread. */
export async function predictFile(project: Project, request: PredictionRequest, effects: PredictionEffects): Promise<PredictionFile> {
  const startedAt = performance.now()
  const { ref, artifact } = servedModel(project, request)
  const { input, output, keepInput, formulas = 'keep', onInvalid, reading = {} } = request
  refuseProjectFile(project.path, output)
  const pool = createWorkerPool({ size: 1 })
  try {
    const { rows } = await pool.run<PredictJobInput, PredictJobOutput>(
      workerUrl('../serving/predict-job.ts', import.meta.url),
      {
        model: artifact.path,
        input,
        output,
        keepInput,
        formulas,
        onInvalid,
        reading,
        memoryBytes: Math.min(mostDataMemory, memoryBudget() / 2),
        threads: availableParallelism(),
      },
      { label: 'the prediction', signal: effects.signal, onProgress: (_fraction, message) => effects.onProgress?.(message) },
    )
    return { rows, output, model: ref, seconds: (performance.now() - startedAt) / 1000 }
  } catch (error) {
    throw error instanceof MillraceError ? withRemedy(error, readingOption) : error
  } finally {
    await pool.close()
  }
}
