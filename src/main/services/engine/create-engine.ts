import { contract, type Domain } from '#shared/contract/index.ts'
import type { EngineEvent } from '#shared/contract/event.ts'
import type { Method } from '#shared/contract/method.ts'
import { resultOf, type Result } from '#shared/contract/result.ts'
import { MillraceError } from '#shared/errors.ts'
import { systemClock, type Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { oneLine } from '../../base/one-line.ts'
import { systemError } from '../../base/system-error.ts'
import type { EngineContext, HostFeatures } from './context.ts'
import { createEventBus } from './event-bus.ts'
import { handlers } from './handlers/index.ts'
import { createJobQueue } from './job-queue.ts'
import { createMemoryLimit } from './memory-limit.ts'
import { createOpenProjects } from './open-projects.ts'
import { settingsFolder } from '../../base/settings-folder.ts'
import { createSettingsFile } from './settings-file.ts'

/** Answers the contract for one host; every transport ends here. */
export type Engine = {
  /** Checks the message against the contract and answers it; never rejects. */
  call(name: string, input: unknown): Promise<Result>
  subscribe(listener: (event: EngineEvent) => void): () => void
  /** True while work is queued or runs. */
  busy(): boolean
  close(): Promise<void>
}

/** What an engine takes from its host. */
export type EngineOptions = { readonly host: HostFeatures; readonly log: Log; readonly clock?: Clock; readonly settings?: string }

type Handler = (input: unknown, context: EngineContext) => unknown

/** Starts an engine; nothing is opened until it is asked for. */
export function createEngine({ host, log, clock = systemClock, settings = settingsFolder() }: EngineOptions): Engine {
  const events = createEventBus((error) => {
    log.error(`A listener failed: ${String(error)}`)
  })
  const projects = createOpenProjects(events)
  const jobs = createJobQueue(events, clock)
  const settingsFile = createSettingsFile(settings, log.warn)
  const memoryLimit = createMemoryLimit()
  const limited = settingsFile.read().then(memoryLimit.apply)
  const context: EngineContext = { projects, jobs, events, host, log, clock, settings: settingsFile, memoryLimit }
  return {
    call: (name, input) =>
      resultOf(async () => {
        try {
          const { checked, handler } = resolveCall(name, input)
          await limited
          return await handler(checked, context)
        } catch (error) {
          const told = systemError(error)
          if (!(told instanceof MillraceError) || told.data.code === 'refused') log.warn(`${oneLine(name, 100)}: ${oneLine(String(told))}`)
          throw told
        }
      }),
    subscribe: events.subscribe,
    busy: () => jobs.list().some(({ state }) => state === 'queued' || state === 'running'),
    async close() {
      await jobs.close()
      await Promise.all(Object.values(handlers).map(async (domain) => domain?.close?.()))
      projects.close()
      await limited
      memoryLimit.lift()
    },
  }
}

function resolveCall(name: string, input: unknown): { readonly checked: unknown; readonly handler: Handler } {
  const [domain = '', member = '', ...rest] = name.split('.')
  const methods: Readonly<Record<string, Method>> | undefined = Object.hasOwn(contract, domain) ? contract[domain as Domain] : undefined
  if (methods === undefined || rest.length > 0 || !Object.hasOwn(methods, member)) {
    throw new MillraceError({ code: 'refused', headline: 'The window asked for something that the engine does not know', nextStep: 'Reload the window; after an update, restart Millrace.', details: { value: name.slice(0, 100) } })
  }
  const parsed = methods[member]?.input.safeParse(input)
  if (parsed?.success !== true) {
    const [issue] = parsed?.error.issues ?? []
    throw new MillraceError({
      code: 'refused',
      headline: 'The window sent a message of the wrong shape',
      message: `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
      nextStep: 'Reload the window; after an update, restart Millrace.',
      details: { value: name },
    })
  }
  const handler = (handlers[domain as Domain]?.methods as Readonly<Record<string, Handler>> | undefined)?.[member]
  if (handler === undefined) throw new Error(`No handler for ${name}`)
  return { checked: parsed.data, handler }
}
