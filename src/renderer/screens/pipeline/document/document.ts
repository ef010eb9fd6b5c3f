/** A text with the revision that the file had. */
export type OnDisk = { readonly text: string; readonly revision: string }

/** A pipeline's text as it is being edited, by the graph, the forms and the keyboard alike. */
export type PipelineDocument = {
  readonly text: string
  /** As it was last read or written; null where the file is gone. */
  readonly saved: OnDisk | null
  readonly past: readonly string[]
  readonly future: readonly string[]
  /** When it was last typed in, in milliseconds; undefined after anything else. */
  readonly typedAt: number | undefined
  /** What another program wrote while this text was being edited; `gone` where it removed the file. */
  readonly theirs: OnDisk | 'gone' | undefined
}

/** Typing with shorter pauses than this is undone at once. */
const pauseMilliseconds = 700
const keptSteps = 500

/** The document of a file that was just read. */
export function openDocument(disk: OnDisk): PipelineDocument {
  return { text: disk.text, saved: disk, past: [], future: [], typedAt: undefined, theirs: undefined }
}

/** True where the text is not what the file holds. */
export function isUnsaved({ text, saved }: PipelineDocument): boolean {
  return saved === null || text !== saved.text
}

/** The document after typing; quick typing makes one step to undo. */
export function typed(document: PipelineDocument, text: string, at: number): PipelineDocument {
  if (text === document.text) return document
  const goesOn = document.typedAt !== undefined && at - document.typedAt < pauseMilliseconds
  return { ...(goesOn ? document : remembered(document)), text, future: [], typedAt: at }
}

/** The document after a change by a form or the graph, which is a step of its own to undo. */
export function changed(document: PipelineDocument, text: string): PipelineDocument {
  return text === document.text ? document : { ...remembered(document), text, future: [], typedAt: undefined }
}

/** The document one step back. */
export function undone(document: PipelineDocument): PipelineDocument {
  const text = document.past.at(-1)
  if (text === undefined) return document
  return { ...document, text, past: document.past.slice(0, -1), future: [document.text, ...document.future], typedAt: undefined }
}

/** The document one step forward again. */
export function redone(document: PipelineDocument): PipelineDocument {
  const [text, ...future] = document.future
  if (text === undefined) return document
  return { ...document, text, past: [...document.past, document.text], future, typedAt: undefined }
}

/** The document after its text was written; it may have been edited further meanwhile. */
export function written(document: PipelineDocument, disk: OnDisk): PipelineDocument {
  return { ...document, saved: disk, theirs: undefined, typedAt: undefined }
}

/** The document once the file was read again: an unedited text follows the file, an edited one waits for a decision. */
export function noticed(document: PipelineDocument, disk: OnDisk | 'gone'): PipelineDocument {
  if (disk === 'gone') return document.saved === null || document.theirs === 'gone' ? document : { ...document, theirs: 'gone' }
  if (disk.revision === document.saved?.revision) return document.theirs === undefined ? document : { ...document, theirs: undefined }
  // The same text was written by both: nothing is to be decided.
  if (disk.text === document.text) return written(document, disk)
  if (!isUnsaved(document)) return { ...changed(document, disk.text), saved: disk, theirs: undefined }
  if (document.theirs !== undefined && document.theirs !== 'gone' && document.theirs.revision === disk.revision) return document
  return { ...document, theirs: disk }
}

/** The document with what the other program wrote; the own text can be had back by undo. */
export function takenTheirs(document: PipelineDocument): PipelineDocument {
  const { theirs } = document
  if (theirs === undefined || theirs === 'gone') return document
  return { ...changed(document, theirs.text), saved: theirs, theirs: undefined }
}

/** The document that shall replace what the other program did: the next save goes over it. */
export function keptMine(document: PipelineDocument): PipelineDocument {
  const { theirs } = document
  if (theirs === undefined) return document
  return { ...document, saved: theirs === 'gone' ? null : theirs, theirs: undefined }
}

function remembered(document: PipelineDocument): PipelineDocument {
  return { ...document, past: [...document.past, document.text].slice(-keptSteps) }
}
