import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { loadModel, modelInputs, predictModel, type Model } from '../learn/model/index.ts'
import type { ColumnRead } from '../learn/recipe/index.ts'
import type { Prediction } from '../table/matrix.ts'
import type { Table } from '../table/table.ts'

/** A model in memory, ready to predict. */
export type Predictor = {
  readonly model: Model
  /** Columns that a table to predict must hold, and how they are read. */
  readonly inputs: readonly ColumnRead[]
  /** One prediction per row, in order. */
  predictTable(table: Table, ctx?: { throwIfAborted(): void }): Promise<Prediction>
}

/** Loads a model bundle (`model.json`, `weights.bin`) from its artifact folder. */
export async function openPredictor(folder: string): Promise<Predictor> {
  const model = loadModel(await bundleFile(folder, 'model.json'), await bundleFile(folder, 'weights.bin'))
  return {
    model,
    inputs: modelInputs(model),
    predictTable: (table, ctx) => predictModel(model, table, ctx),
  }
}

async function bundleFile(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    throw new MillraceError(
      {
        code: 'corrupt',
        headline: "A file of the model is missing from the project's artifacts",
        message: `${join(folder, name)} cannot be read.`,
        nextStep: 'Restore the file from a backup, or run the pipeline again with --force for the step that trains.',
        details: { file: join(folder, name) },
      },
      error,
    )
  }
}
