import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Artifact } from '../../../../src/shared/domain/artifact.ts'
import type { ColumnSchema } from '../../../../src/shared/domain/schema.ts'
import type { Goal } from '../../../../src/shared/domain/task.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import type { DataEngine } from '../../../../src/main/data/engine.ts'
import { openDataEngine } from '../../../../src/main/data/open-engine.ts'
import { createRecipeSpec } from '../../../../src/main/learn/recipe/index.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'
import { ownKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'

/** A real DuckDB in a fresh temporary folder. */
export async function openWork(): Promise<{ folder: string; engine: DataEngine }> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-train-'))
  return { folder, engine: await openDataEngine({ memoryBytes: 256 << 20, threads: 1, temporaryFolder: folder }) }
}

/** A dataset artifact with the rows of a SELECT. */
export async function dataset(work: { folder: string; engine: DataEngine }, name: string, select: string, columns: readonly ColumnSchema[]): Promise<Artifact<'dataset'>> {
  const path = join(work.folder, name)
  await mkdir(path)
  await work.engine.run(`COPY (${select}) TO '${path}/data.parquet' (FORMAT parquet)`)
  const [counted] = await work.engine.rows(`SELECT count(*) AS rows FROM (${select})`, z.object({ rows: z.number() }))
  return { kind: 'dataset', hash: name, path, bytes: 1, meta: { rows: counted?.rows ?? 0, schema: { columns: [...columns] } } }
}

/** A recipe artifact for those columns. */
export async function recipeFor(work: { folder: string }, name: string, columns: readonly ColumnSchema[]): Promise<Artifact<'recipe'>> {
  const path = join(work.folder, name)
  await mkdir(path)
  await writeFile(join(path, 'recipe.json'), JSON.stringify(createRecipeSpec(columns, { preset: 'auto', drop: [], columns: {} })))
  return { kind: 'recipe', hash: name, path, bytes: 1, meta: { columns: columns.length } }
}

let outputs = 0

/** A context on real files, and what was logged. */
export function stageContext(work: { folder: string; engine: DataEngine }, goal: Goal, more: Partial<StageContext> = {}): { ctx: StageContext; said: string[] } {
  const said: string[] = []
  const say = (level: string) => (message: string) => {
    said.push(`${level}: ${message}`)
  }
  const ctx: StageContext = {
    goal,
    rng: createRng(42),
    seed: 42,
    clock: { now: () => 0, monotonic: () => 0, processor: () => 0 },
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    data: work.engine,
    kernels: () => Promise.resolve(ownKernelPool()),
    memoryBytes: 2 ** 30,
    async outputFolder(name) {
      const path = join(work.folder, `output-${outputs++}-${name}`)
      await mkdir(path)
      return path
    },
    writeFile: (folder, name, content) => writeFile(join(folder, name), content),
    readFile: (artifact, name) => readFile(join(artifact.path, name)),
    resolvePath: (path) => path,
    progress: () => undefined,
    measure: () => undefined,
    throwIfAborted: () => undefined,
    ...more,
  }
  return { ctx, said }
}
