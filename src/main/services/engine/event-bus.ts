import type { EngineEvent } from '#shared/contract/event.ts'

/** Tells every listener what happens in the engine; a listener that fails ends no work. */
export type EventBus = {
  emit(event: EngineEvent): void
  /** Calls the listener for every event until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void
}

/** A new bus without listeners; `onFailure` is told what a listener threw. */
export function createEventBus(onFailure: (error: unknown) => void): EventBus {
  const listeners = new Set<(event: EngineEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onFailure(error)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
