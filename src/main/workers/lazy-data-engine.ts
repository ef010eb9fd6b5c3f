import type { DataEngine } from '../data/engine.ts'

/** A data engine that is opened by the first statement: steps that need none do not load it. */
export function openOnFirstUse(open: () => Promise<DataEngine>): { readonly engine: DataEngine; close(): Promise<void> } {
  let opening: Promise<DataEngine> | undefined
  let opened: DataEngine | undefined
  const get = async (): Promise<DataEngine> => {
    opened = await (opening ??= open())
    return opened
  }
  const close = async (): Promise<void> => {
    if (opening === undefined) return
    // What failed to open was reported by the statement that opened it.
    const engine = await opening.catch(() => undefined)
    await engine?.close()
  }
  const engine: DataEngine = {
    run: async (sql, parameters) => (await get()).run(sql, parameters),
    rows: async (sql, row, parameters) => (await get()).rows(sql, row, parameters),
    chunks: async (sql, onChunk, parameters) => (await get()).chunks(sql, onChunk, parameters),
    isolated: async (files) => (await get()).isolated(files),
    beside: async () => (await get()).beside(),
    interrupt() {
      opened?.interrupt()
    },
    close,
  }
  return { engine, close }
}
