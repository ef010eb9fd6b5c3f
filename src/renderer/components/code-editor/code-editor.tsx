import { lazy, Suspense, type ReactElement } from 'react'
import { Later } from '../later.tsx'
import { TextSkeleton } from '../skeletons.tsx'
import styles from './code-editor.module.css'

/** Something to say about a place in the text; lines and columns count from 1. */
export type EditorMark = {
  readonly line: number
  /** Left out: the whole line. */
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
}

/** Lines from 1, both included. */
export type LineRange = { readonly from: number; readonly to: number }

/** A text that is edited as code. */
export type CodeEditorProps = {
  /** What it holds, for screen readers, e.g. "churn.yaml". */
  readonly name: string
  readonly language: 'yaml' | 'sql' | 'text'
  readonly value: string
  /** Left out: the text can be read and copied only. */
  onChange?(value: string): void
  readonly marks?: readonly EditorMark[]
  /** Lines that are marked and scrolled to. */
  readonly selectLines?: LineRange | undefined
  /** The cursor came to a line. */
  onLine?(line: number): void
  /** False: Ctrl Z is left to the screen, which undoes more than typing. */
  readonly history?: boolean
  /** In pixels; left out: as high as its place. */
  readonly height?: number
}

const Editor = lazy(async () => ({ default: (await import('./editor.tsx')).Editor }))

/** An editor for code, which arrives when the first one is shown. Tab moves on; Ctrl ] and Ctrl [ indent. */
export function CodeEditor(props: CodeEditorProps): ReactElement {
  return (
    <div className={styles['place']} style={props.height === undefined ? { flex: 1 } : { height: props.height }}>
      <Suspense fallback={<TextSkeleton lines={6} />}>
        <Later meanwhile={<TextSkeleton lines={6} />}>
          <Editor {...props} />
        </Later>
      </Suspense>
    </div>
  )
}
