import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { systemClock, type Clock } from '../base/clock.ts'
import { makeFolders } from '../base/make-folders.ts'
import { createArtifactRepository, type ArtifactRepository } from './artifact-repository.ts'
import { durably, openDatabase, tryOut, type Database } from './database.ts'
import { createDatasetRepository, type DatasetRepository } from './dataset-repository.ts'
import { createDeploymentRepository, type DeploymentRepository } from './deployment-repository.ts'
import { removeLeftovers } from './leftovers.ts'
import { createLeaderboardRepository, type LeaderboardRepository } from './leaderboard-repository.ts'
import { createModelRepository, type ModelRepository } from './model-repository.ts'
import { databaseFile, temporaryFolder } from './project-layout.ts'
import { createRunLock, type RunLock } from './run-lock.ts'
import { createRunLogRepository, type RunLogRepository } from './run-log-repository.ts'
import { createRunRepository, type RunRepository } from './run-repository.ts'
import { createSourceRepository, type SourceRepository } from './source-repository.ts'
import { createStepRunRepository, type StepRunRepository } from './step-run-repository.ts'
import { folderError } from './folder-error.ts'

/** An open project: a folder with a database and artifacts. Used on the host's main thread only. */
export type Project = {
  /** Absolute folder. */
  readonly path: string
  readonly runs: RunRepository
  readonly stepRuns: StepRunRepository
  readonly leaderboard: LeaderboardRepository
  readonly log: RunLogRepository
  readonly artifacts: ArtifactRepository
  readonly datasets: DatasetRepository
  readonly models: ModelRepository
  readonly deployments: DeploymentRepository
  readonly sources: SourceRepository
  readonly lock: RunLock
  /** All or nothing; may be lost, as a whole, when the power fails soon after. */
  transaction<T>(work: () => T): T
  /** All or nothing, and on the disk when it returns. */
  durably<T>(work: () => T): T
  /** What the work would give, in a transaction that is taken back. */
  tryOut<T>(work: () => T): T
  /** A number that changes whenever another connection, e.g. of another process, wrote to the database; microseconds. */
  changesByOthers(): number
  /** False once the folder was moved or deleted, or holds another database; microseconds. */
  isInPlace(): boolean
  close(): void
}

/** What a project takes from its surroundings. */
export type ProjectOptions = { readonly clock?: Clock }

/** Makes a folder a project and opens it; the folder may exist and hold other files. */
export async function createProject(folder: string, options: ProjectOptions = {}): Promise<Project> {
  const path = resolve(folder)
  if (existsSync(join(path, databaseFile))) {
    throw new MillraceError({
      code: 'already-exists',
      headline: 'There is a project in this folder already',
      message: `${path} holds ${databaseFile}. Nothing was changed.`,
      nextStep: 'Use it as it is, or choose another folder.',
      details: { file: join(path, databaseFile) },
    })
  }
  try {
    await makeFolders(join(path, temporaryFolder))
  } catch (error) {
    throw folderError(error, path)
  }
  return connect(path, options)
}

/** Opens a project: reads no data, only its database. Runs that a dead process left are marked, their leftovers removed. */
export async function openProject(folder: string, options: ProjectOptions = {}): Promise<Project> {
  const path = resolve(folder)
  const found = statSync(join(path, databaseFile), { throwIfNoEntry: false })
  if (found === undefined || !found.isFile()) {
    throw new MillraceError({
      code: 'invalid-project',
      headline: 'This folder is not a Millrace project',
      message: existsSync(path) ? `There is no ${databaseFile} in ${path}.` : `There is no folder ${path}.`,
      nextStep: `Make it one with: millrace init "${folder}", or name another with --project DIR.`,
      details: { file: path },
    })
  }
  return connect(path, options)
}

async function connect(path: string, options: ProjectOptions): Promise<Project> {
  const database = openDatabase(join(path, databaseFile))
  try {
    const clock = options.clock ?? systemClock
    const project = assemble(database, path, clock)
    project.lock.sweep()
    await removeLeftovers(project, clock.now())
    return project
  } catch (error) {
    database.close()
    throw folderError(error, path)
  }
}

function assemble(database: Database, path: string, clock: Clock): Project {
  const runs = createRunRepository(database)
  const opened = identityOf(path)
  return {
    path,
    runs,
    stepRuns: createStepRunRepository(database),
    leaderboard: createLeaderboardRepository(database),
    log: createRunLogRepository(database),
    artifacts: createArtifactRepository(database, path),
    datasets: createDatasetRepository(database),
    models: createModelRepository(database),
    deployments: createDeploymentRepository(database),
    sources: createSourceRepository(database),
    lock: createRunLock(database, runs, () => clock.now()),
    transaction: (work) => database.transaction(work).immediate(),
    durably: (work) => durably(database, work),
    tryOut: (work) => tryOut(database, work),
    changesByOthers: () => database.pragma('data_version', { simple: true }) as number,
    isInPlace: () => identityOf(path) === opened,
    close() {
      database.close()
    },
  }
}

/** Which file is the database of a folder, as the file system tells files apart; undefined where there is none. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(join(path, databaseFile), { bigint: true })
    return `${String(dev)}:${String(ino)}`
  } catch {
    return undefined
  }
}
