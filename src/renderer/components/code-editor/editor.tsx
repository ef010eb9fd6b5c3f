import type { EditorView } from '@codemirror/view'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { CodeEditorProps } from './code-editor.tsx'
import { createEditor, showLines, showMarks, showText } from './editor-view.ts'
import styles from './code-editor.module.css'

/** The editor behind `CodeEditor`. */
export function Editor({ name, language, value, onChange, marks, selectLines, onLine, history = true }: CodeEditorProps): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView>()
  const latest = useRef({ onChange, onLine })
  const first = useRef(value)
  const readOnly = onChange === undefined
  useEffect(() => {
    latest.current = { onChange, onLine }
  })
  useEffect(() => {
    const parent = place.current
    if (parent === null) return undefined
    const editor = createEditor({
      parent,
      name,
      language,
      text: first.current,
      readOnly,
      history,
      onChange: (text) => {
        first.current = text
        latest.current.onChange?.(text)
      },
      onLine: (line) => latest.current.onLine?.(line),
    })
    setView(editor)
    return () => {
      editor.destroy()
      setView(undefined)
    }
  }, [name, language, readOnly, history])
  useEffect(() => {
    first.current = value
    if (view === undefined) return
    showText(view, value)
    // After the text: marks are counted in it.
    showMarks(view, marks ?? [])
  }, [view, value, marks])
  const { from, to } = selectLines ?? {}
  useEffect(() => {
    if (view !== undefined) showLines(view, from === undefined || to === undefined ? undefined : { from, to })
  }, [view, from, to])
  return <div ref={place} className={styles['editor']} {...(history ? {} : { 'data-app-undo': '' })} />
}
