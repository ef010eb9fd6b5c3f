import { artifacts } from './010-artifacts.ts'
import { runs } from './020-runs.ts'
import { registry } from './030-registry.ts'
import { sources } from './040-sources.ts'
import { deploymentHistory } from './050-deployment-history.ts'
import type { Migration } from './migration.ts'

/** The database's history, oldest first. */
export const migrations: readonly Migration[] = [artifacts, runs, registry, sources, deploymentHistory]
