import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import type { PipelineFinding, PipelineOutline } from '#shared/domain/pipeline-outline.ts'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import type { Client } from '../../../client/client.ts'
import { changed, isUnsaved, keptMine, noticed, openDocument, redone, takenTheirs, typed, undone, written, type OnDisk, type PipelineDocument } from './document.ts'

/** What is known of a pipeline that is being edited. */
export type SessionState = {
  /** Undefined until the file was read. */
  readonly document: PipelineDocument | undefined
  /** Of the last text that had one. */
  readonly outline: PipelineOutline | undefined
  /** Of the text that was checked last. */
  readonly findings: readonly PipelineFinding[]
  readonly valid: boolean
  /** The text that `findings` and `valid` are about; undefined before the first check. */
  readonly checkedText: string | undefined
  /** True where the checked text has no graph, so that `outline` is of an earlier one. */
  readonly stale: boolean
  readonly saving: boolean
  /** Why the text could not be checked or saved. */
  readonly error: ErrorData | undefined
}

/** One pipeline file being edited; it outlives the screen, so that nothing is lost by looking elsewhere. */
export type PipelineSession = {
  readonly store: StoreApi<SessionState>
  /** Takes what the file holds now: the first time as the text to edit. */
  read(disk: OnDisk | 'gone'): void
  type(text: string): void
  /** Changes the text as a form or the graph asks; gives the key of the step that it was about. */
  change(change: PipelineChange): Promise<string | null>
  undo(): void
  redo(): void
  takeTheirs(): void
  keepMine(): void
  /** Writes the text where it is not saved yet; rejects with `conflict` where another program wrote the file. */
  save(): Promise<void>
}

const pauseMilliseconds = 150
/** A text that could not be checked, e.g. because the engine was away, is checked again after this. */
const retryMilliseconds = 3000
/** An edit is made again where the text changed while it was on its way. */
const attempts = 5

/** A session for a file of a project; `onWritten` is told what the file holds after a save. */
export function createSession(client: Pick<Client, 'call'>, { project, file }: { readonly project: string; readonly file: string }, onWritten: (disk: OnDisk) => void): PipelineSession {
  const store = createStore<SessionState>(() => ({ document: undefined, outline: undefined, findings: [], valid: false, checkedText: undefined, stale: false, saving: false, error: undefined }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let checking = false
  let last: Promise<unknown> = Promise.resolve()

  const check = async (): Promise<void> => {
    const text = store.getState().document?.text
    if (checking || text === undefined || text === store.getState().checkedText) return
    checking = true
    try {
      const { outline, findings, valid } = await client.call('pipelines.check', { project, file, text })
      store.setState((state) => ({ outline: outline ?? state.outline, stale: outline === null, findings, valid, checkedText: text, error: undefined }))
    } catch (error) {
      store.setState({ error: toErrorData(error) })
      clearTimeout(timer)
      timer = setTimeout(() => void check(), retryMilliseconds)
      return
    } finally {
      checking = false
    }
    // What was typed meanwhile is checked next.
    void check()
  }
  const update = (step: (document: PipelineDocument) => PipelineDocument, pause = 0): void => {
    const { document } = store.getState()
    if (document === undefined) return
    const next = step(document)
    if (next === document) return
    store.setState({ document: next })
    if (next.text === document.text) return
    clearTimeout(timer)
    timer = setTimeout(() => void check(), pause)
  }
  const edit = async (change: PipelineChange): Promise<string | null> => {
    for (let attempt = 1; ; attempt++) {
      const text = store.getState().document?.text ?? ''
      const made = await client.call('pipelines.edit', { project, file, text, change })
      if (store.getState().document?.text !== text && attempt < attempts) continue
      update((document) => changed(document, made.text))
      return made.step
    }
  }
  return {
    store,
    read(disk) {
      if (store.getState().document !== undefined) {
        if (!store.getState().saving) update((document) => noticed(document, disk))
      } else if (disk !== 'gone') {
        store.setState({ document: openDocument(disk) })
        void check()
      }
    },
    type: (text) => update((document) => typed(document, text, Date.now()), pauseMilliseconds),
    change(change) {
      // One after the other: each starts from the text that the one before left.
      const work = last.then(() => edit(change))
      last = work.catch(() => undefined)
      return work
    },
    undo: () => update(undone),
    redo: () => update(redone),
    takeTheirs: () => update(takenTheirs),
    keepMine: () => update(keptMine),
    async save() {
      await last
      const { document } = store.getState()
      if (document === undefined || !isUnsaved(document)) return
      store.setState({ saving: true })
      try {
        const { text } = document
        const { revision } = await client.call('pipelines.save', { project, file, text, basedOn: document.saved?.revision ?? null })
        onWritten({ text, revision })
        update((now) => written(now, { text, revision }))
      } finally {
        store.setState({ saving: false })
      }
    },
  }
}
