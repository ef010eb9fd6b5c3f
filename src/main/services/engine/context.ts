import type { Contract, MethodName, CheckedInput, MethodOutput, Domain } from '#shared/contract/index.ts'
import type { Log } from '../../base/log.ts'
import type { Clock } from '../../base/clock.ts'
import type { EventBus } from './event-bus.ts'
import type { JobQueue } from './job-queue.ts'
import type { MemoryLimit } from './memory-limit.ts'
import type { OpenProjects } from './open-projects.ts'
import type { SettingsFile } from './settings-file.ts'

/** What the system that the host runs on can do for the window; each is undefined where it cannot. */
export type HostFeatures = {
  readonly kind: 'electron' | 'web'
  choose?(request: CheckedInput<'files.choose'>): Promise<readonly string[] | null>
  reveal?(path: string): Promise<void>
  notify?(title: string, body: string): Promise<void>
  /** Folder that uploads of the web host lie in. */
  readonly uploads?: string
}

/** What the handlers of the contract work with. */
export type EngineContext = {
  readonly projects: OpenProjects
  readonly jobs: JobQueue
  readonly events: EventBus
  readonly settings: SettingsFile
  readonly memoryLimit: MemoryLimit
  readonly host: HostFeatures
  readonly clock: Clock
  readonly log: Log
}

type Answer<N extends MethodName> = MethodOutput<N> | Promise<MethodOutput<N>>

/** The methods of one domain. */
export type Handlers<D extends Domain> = {
  readonly [M in keyof Contract[D] & string]: `${D}.${M}` extends infer N extends MethodName ? (input: CheckedInput<N>, context: EngineContext) => Answer<N> : never
}
