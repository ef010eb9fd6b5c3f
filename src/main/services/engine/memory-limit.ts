import { totalmem } from 'node:os'
import type { Settings } from '#shared/domain/settings.ts'

const NAME = 'MILLRACE_MEMORY'

/** What set the most memory that one step may use. */
export type MemoryLimitSource = 'machine' | 'settings' | 'environment'

/** Applies the user's limit to all work of this process that begins from now on. */
export type MemoryLimit = {
  apply(settings: Pick<Settings, 'memoryBytes'>): void
  source(): MemoryLimitSource
  /** Takes the user's limit off again. */
  lift(): void
}

/** The limit of this process; one that its environment names stays as it is. Worker threads take over what `environment` says when they start. */
export function createMemoryLimit(environment: NodeJS.ProcessEnv = process.env, machineBytes: number = totalmem()): MemoryLimit {
  const named = (environment[NAME] ?? '').trim() !== ''
  return {
    apply({ memoryBytes }) {
      if (named) return
      if (memoryBytes === null) delete environment[NAME]
      else environment[NAME] = String(Math.min(memoryBytes, machineBytes))
    },
    lift() {
      if (!named) delete environment[NAME]
    },
    source: () => (named ? 'environment' : environment[NAME] === undefined ? 'machine' : 'settings'),
  }
}
