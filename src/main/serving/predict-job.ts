import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cancelled } from '#shared/errors.ts'
import { openDataEngine } from '../data/open-engine.ts'
import { readForModel, type ModelBlock } from '../data/read-for-model.ts'
import type { ReadingOptions } from '../data/sources/reading-options.ts'
import type { Job, JobContext } from '../workers/job.ts'
import { csvLine, guardCell, type CsvCell, type FormulaRule } from './csv-line.ts'
import { checkOutputPlace, createOutputFile, type OutputFile } from './output-file.ts'
import { predictionCells, predictionColumns, refuseSameNames } from './prediction-record.ts'
import { openPredictor, type Predictor } from './predictor.ts'

/** A file to predict. Paths are absolute. */
export type PredictJobInput = {
  /** Folder of the model's artifact. */
  readonly model: string
  readonly input: string
  readonly output: string
  /** Put the input's own columns before the predictions. */
  readonly keepInput: boolean
  /** What becomes of text of the input that a spreadsheet would run. */
  readonly formulas: FormulaRule
  /** Text where the model takes a number: refuse the file, or take it as missing. */
  readonly onInvalid: 'error' | 'missing'
  /** How the input is read, as far as it is not found out. */
  readonly reading: ReadingOptions
  /** For DuckDB. */
  readonly memoryBytes: number
  readonly threads: number
}

/** What was written. */
export type PredictJobOutput = { readonly rows: number }

/** Rows that are predicted at a time: bounds the memory whatever the file's size. */
const blockRows = 20_000

/** Predicts a file block by block; the output appears when it is whole, and nothing is left where that fails. */
const predictFile: Job<PredictJobInput, PredictJobOutput> = async (request, job) => {
  await checkOutputPlace(request.output, [request.input])
  const predictor = await openPredictor(request.model)
  const output = await createOutputFile(request.output)
  try {
    const rows = await predictInto(output, predictor, request, job)
    job.signal.throwIfAborted()
    await output.publish()
    return { rows }
  } finally {
    await output.discard()
  }
}

export default predictFile

async function predictInto(output: OutputFile, predictor: Predictor, request: PredictJobInput, job: JobContext): Promise<number> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'millrace-predict-'))
  const engine = await openDataEngine({ memoryBytes: request.memoryBytes, threads: request.threads, temporaryFolder })
  // A statement of DuckDB polls no flag by itself.
  const watch = setInterval(() => {
    if (job.signal.aborted) engine.interrupt()
  }, 50)
  const added = predictionColumns(predictor.model)
  let hasHeader = false
  const writeHeader = async (inputColumns: readonly string[]): Promise<void> => {
    if (hasHeader) return
    hasHeader = true
    if (request.keepInput) refuseSameNames(inputColumns, added, request.input)
    await output.write(csvLine(request.keepInput ? [...inputColumns.map((name) => guardCell(name, request.formulas)), ...added] : added))
  }
  try {
    const { keepInput, onInvalid, reading } = request
    const watch = (): void => job.signal.throwIfAborted()
    const read = await readForModel(engine, request.input, predictor.inputs, { source: { ...reading, watch }, blockRows, keepInput, onInvalid }, async (block, inputColumns) => {
      await writeHeader(inputColumns)
      await predictBlock(output, predictor, block, request.formulas, job)
    })
    await writeHeader(read.inputColumns)
    return read.rows
  } catch (error) {
    throw job.signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

async function predictBlock(output: OutputFile, predictor: Predictor, block: ModelBlock, formulas: FormulaRule, job: JobContext): Promise<void> {
  const throwIfAborted = (): void => {
    job.signal.throwIfAborted()
  }
  const prediction = await predictor.predictTable(block.table, { throwIfAborted })
  for (let row = 0; row < block.table.rows; row++) {
    const kept: CsvCell[] = block.input.map((cells) => guardCell(cells[row] ?? null, formulas))
    await output.write(csvLine([...kept, ...predictionCells(prediction, row)]))
  }
  job.progress(0, `${String(block.firstRow + block.table.rows)} rows`)
}
