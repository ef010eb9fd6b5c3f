import type { EngineEvent } from '#shared/contract/event.ts'
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/index.ts'
import { resultOf } from '#shared/contract/result.ts'
import type { ConnectionState, Transport } from '#shared/contract/transport.ts'
import { MillraceError } from '#shared/errors.ts'

type Answers = { readonly [N in MethodName]?: MethodOutput<N> | ((input: MethodInput<N>) => MethodOutput<N> | Promise<MethodOutput<N>>) }

/** An engine in memory that answers what a test tells it to. */
export type FakeEngine = {
  readonly transport: Transport
  /** Every call so far. */
  readonly calls: { readonly name: string; readonly input: unknown }[]
  /** Changes answers. */
  answer(answers: Answers): void
  emit(event: EngineEvent): void
  connection(state: ConnectionState): void
}

const usual: Answers = {
  'activity.list': { jobs: [] },
  'app.info': {
    settingsFile: '/home/me/.config/millrace/settings.json', memoryFrom: 'machine', version: '1.2.3', host: 'web', platform: 'linux', projectsFolder: '/home/me/Millrace', dialogs: false, notifications: false,
    memoryBytes: 8e9, machineMemoryBytes: 16e9, threads: 8,
  },
  'app.settings': { theme: 'system', confirmDeletion: true, notifyWhenDone: true, projectsFolder: null, memoryBytes: null },
  'app.saveSettings': { theme: 'system', confirmDeletion: true, notifyWhenDone: true, projectsFolder: null, memoryBytes: null },
  'app.load': { residentBytes: 4e8, freeMemoryBytes: 4e9, cpu: 0.1 },
  'devices.list': {
    chosen: 'wasm',
    why: 'the first that passes its self-test',
    cards: [],
    backends: [{ id: 'wasm', available: true, selfTest: 'passed', reason: 'WebAssembly with SIMD and threads', nextStep: '', testedAt: 0, devices: [{ name: 'CPU', memoryBytes: 8e9, threads: 8 }] }],
  },
  'projects.recent': { projects: [] },
}

/** An engine in memory; methods without an answer fail as the engine's own defects do. */
export function fakeEngine(given: Answers = {}): FakeEngine {
  const answers = new Map<string, unknown>(Object.entries({ ...usual, ...given }))
  const listeners = new Set<(event: unknown) => void>()
  const watchers = new Set<(state: ConnectionState) => void>()
  const calls: FakeEngine['calls'] = []
  return {
    calls,
    transport: {
      call(name, input) {
        calls.push({ name, input })
        return resultOf(() => {
          if (!answers.has(name)) throw new MillraceError({ code: 'internal', headline: `No answer for ${name}`, nextStep: 'Give the fake engine one.' })
          const answer = answers.get(name)
          return typeof answer === 'function' ? (answer as (input: unknown) => unknown)(input) : answer
        })
      },
      subscribe(onEvent, onState) {
        listeners.add(onEvent)
        if (onState !== undefined) watchers.add(onState)
        return () => {
          listeners.delete(onEvent)
          if (onState !== undefined) watchers.delete(onState)
        }
      },
    },
    answer(changed) {
      for (const [name, answer] of Object.entries(changed)) answers.set(name, answer)
    },
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    connection(state) {
      for (const watcher of watchers) watcher(state)
    },
  }
}
