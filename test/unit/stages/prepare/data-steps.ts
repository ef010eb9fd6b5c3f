import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Artifact, Draft } from '#shared/domain/artifact.ts'
import type { Goal } from '#shared/domain/task.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { loadTable } from '../../../../src/main/data/load-table.ts'
import { ingestFileStep } from '../../../../src/main/stages/ingest/file.ts'
import type { StageContext, StepKind } from '../../../../src/main/stages/step-kind.ts'
import type { CategoryColumn } from '../../../../src/main/table/column.ts'
import type { DataFolder } from '../../data/data-folder.ts'

/** Runs data steps on a real DuckDB in a temporary folder. */
export type DataSteps = {
  /** What the steps logged so far. */
  readonly log: string[]
  run(step: StepKind, params: Record<string, unknown>, input?: Draft<'dataset'>): Promise<Readonly<Record<string, Draft<'dataset'>>>>
  /** Writes a CSV file and runs `ingest/file` on it. */
  ingest(text: string, params?: Record<string, unknown>): Promise<Draft<'dataset'>>
  /** Cells of one column as text, null where missing. */
  cells(dataset: Draft<'dataset'> | undefined, column: string): Promise<(string | null)[]>
  json(dataset: Draft<'dataset'> | undefined, name: string): Promise<unknown>
}

let folders = 0

export function dataSteps(folder: DataFolder, goal?: Goal, seed = 42): DataSteps {
  const log: string[] = []
  const context = (): StageContext => ({
    goal,
    rng: createRng(seed),
    seed,
    clock: { now: () => 0, monotonic: () => 0, processor: () => 0 },
    log: { debug: (line) => log.push(line), info: (line) => log.push(line), warn: (line) => log.push(line), error: (line) => log.push(line) },
    data: folder.engine,
    kernels: () => Promise.reject(new Error('Data steps need no kernels')),
    memoryBytes: 1 << 30,
    async outputFolder(name) {
      const path = join(folder.path, `${folders++} ${name}`)
      await mkdir(path)
      return path
    },
    writeFile: (at, name, data) => writeFile(join(at, name), data),
    readFile: (artifact, name) => readFile(join(artifact.path, name)),
    resolvePath: (path) => join(folder.path, path),
    progress: () => undefined,
    measure: () => undefined,
    throwIfAborted: () => undefined,
  })
  const steps: DataSteps = {
    log,
    async run(step, params, input) {
      const inputs: Record<string, Artifact<'dataset'>> = input === undefined ? {} : { data: { ...input, hash: 'x', bytes: statSync(join(input.path, 'data.parquet')).size } }
      return (await step.run({ params: step.params.parse(params), inputs }, context())) as Record<string, Draft<'dataset'>>
    },
    async ingest(text, params = {}) {
      const name = `input ${folders++}.csv`
      await folder.file(name, text)
      const { data } = await steps.run(ingestFileStep, { path: name, ...params })
      if (data === undefined) throw new Error('ingest/file gave no dataset')
      return data
    },
    async cells(dataset, column) {
      const schema = dataset?.meta.schema.columns.find((candidate) => candidate.name === column)
      if (dataset === undefined || schema === undefined) throw new Error(`No column "${column}"`)
      const { columns } = await loadTable(folder.engine, join(dataset.path, 'data.parquet'), [{ schema, as: 'category' }])
      const { codes, categories } = columns[0] as CategoryColumn
      return Array.from(codes, (code) => (code < 0 ? null : (categories[code] ?? null)))
    },
    async json(dataset, name) {
      return JSON.parse(await readFile(join(dataset?.path ?? '', name), 'utf8')) as unknown
    },
  }
  return steps
}
