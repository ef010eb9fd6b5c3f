// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { useState, type ReactElement } from 'react'
import { expect, test } from 'vitest'
import { CodeEditor, type CodeEditorProps } from '../../../../src/renderer/components/code-editor/code-editor.tsx'
import { createEditor, showMarks, showText } from '../../../../src/renderer/components/code-editor/editor-view.ts'
import { installBrowserDoubles } from '../browser-doubles.ts'
import { renderPart } from '../render-window.tsx'

installBrowserDoubles()

const text = 'name: churn\nsteps:\n  - id: ingest\n    uses: ingest/file\n'

test('the text is named, and marks and selected lines show in it', async () => {
  const props: CodeEditorProps = { name: 'churn.yaml', language: 'yaml', value: text, onChange: () => undefined, marks: [{ line: 4, severity: 'error', message: 'No such step kind' }], selectLines: { from: 3, to: 4 } }
  renderPart(<CodeEditor {...props} />)
  const editor = await screen.findByRole('textbox', { name: 'churn.yaml' })
  await waitFor(() => expect(editor.querySelectorAll('.cm-markedLine')).toHaveLength(2))
  expect(editor.querySelectorAll('.cm-lintRange-error').length).toBeGreaterThan(0)
})

test('a text from outside is shown and nobody is told of it', async () => {
  const told: string[] = []
  function Outside(): ReactElement {
    const [value, setValue] = useState(text)
    return (
      <>
        <button type="button" onClick={() => setValue(text.replace('churn', 'fraud'))}>
          Change
        </button>
        <CodeEditor name="file" language="yaml" value={value} onChange={(next) => told.push(next)} />
      </>
    )
  }
  const { user } = renderPart(<Outside />)
  const editor = await screen.findByRole('textbox', { name: 'file' })
  await user.click(screen.getByRole('button', { name: 'Change' }))
  await waitFor(() => expect(editor.textContent).toContain('name: fraud'))
  expect(told).toEqual([])
})

test('only what differs is changed, so that the cursor keeps its place', () => {
  const view = createEditor({ parent: document.body, name: 'file', language: 'text', text, readOnly: false, history: true, onChange: () => undefined, onLine: () => undefined })
  view.dispatch({ selection: { anchor: text.length - 1 } })
  showText(view, text.replace('churn', 'card fraud'))
  expect(view.state.doc.toString()).toContain('name: card fraud')
  expect(view.state.selection.main.head).toBe(text.length - 1 + 'card fraud'.length - 'churn'.length)
  showText(view, '')
  expect(view.state.doc.length).toBe(0)
  showMarks(view, [{ line: 99, column: 7, severity: 'warning', message: 'beyond the end' }])
  view.destroy()
})

test('what cannot be changed says so', async () => {
  renderPart(<CodeEditor name="log" language="text" value="done" />)
  expect((await screen.findByRole('textbox', { name: 'log' })).getAttribute('aria-readonly')).toBe('true')
})
