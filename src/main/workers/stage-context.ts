import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { systemClock } from '../base/clock.ts'
import { createRng } from '../base/rng.ts'
import type { DataEngine } from '../data/engine.ts'
import type { StageContext } from '../stages/step-kind.ts'
import type { KernelPool } from '../wasm/kernel-pool.ts'
import { checkpointFiles } from './checkpoint-files.ts'
import type { JobContext } from './job.ts'
import { closeKernels, openKernels } from './kernels.ts'
import { openOnFirstUse } from './lazy-data-engine.ts'
import type { StepJobInput } from './step-job-messages.ts'

/** DuckDB's part of a step's memory; the rest is for tables and models. */
const dataShare = 0.5

/** The effects of one step, real ones, and what ends them. */
export type OpenStageContext = {
  readonly stage: StageContext
  /** Stops what runs now and polls no flag. */
  interrupt(): void
  close(): Promise<void>
}

/** Builds what a step may use in this worker; DuckDB and the kernels start at their first use. */
export function createStageContext(input: StepJobInput, job: JobContext): OpenStageContext {
  const data = openOnFirstUse(() => openData(input))
  let kernels: Promise<KernelPool> | undefined
  const seed = createRng(input.seed).fork(input.step).below(2 ** 32)
  const stage: StageContext = {
    goal: input.goal,
    rng: createRng(seed),
    seed,
    clock: systemClock,
    log: job.log,
    data: data.engine,
    kernels: () => (kernels ??= openKernels(input.threads, job.log)),
    checkpoints: checkpointFiles({ ...input.checkpoints, now: () => systemClock.monotonic(), log: job.log }),
    backend: input.backend,
    memoryBytes: input.memoryBytes,
    async outputFolder(name) {
      const folder = join(input.temporaryFolder, 'outputs', name)
      await mkdir(join(input.temporaryFolder, 'outputs'), { recursive: true })
      await mkdir(folder)
      return folder
    },
    writeFile: (folder, name, content) => writeFileAtomic(join(folder, name), content),
    readFile: (artifact, name) => readFile(join(artifact.path, name)),
    resolvePath: (path) => resolve(input.baseFolder, path),
    progress: (fraction, message) => {
      job.progress(fraction, message)
    },
    measure: (measurement) => {
      job.measure(measurement)
    },
    throwIfAborted: () => {
      job.signal.throwIfAborted()
    },
  }
  return {
    stage,
    interrupt: () => {
      data.engine.interrupt()
    },
    async close() {
      await data.close()
      await closeKernels(kernels)
    },
  }
}

async function openData(input: StepJobInput): Promise<DataEngine> {
  const { openDataEngine } = await import('../data/open-engine.ts')
  const temporaryFolder = join(input.temporaryFolder, 'duckdb')
  await mkdir(temporaryFolder, { recursive: true })
  return openDataEngine({ memoryBytes: Math.floor(input.memoryBytes * dataShare), threads: input.threads, temporaryFolder })
}
