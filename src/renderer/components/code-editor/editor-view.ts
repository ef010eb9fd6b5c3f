import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { sql } from '@codemirror/lang-sql'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState, type Extension, type Text } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import type { CodeEditorProps, EditorMark, LineRange } from './code-editor.tsx'
import { editorTheme, tokenHighlight } from './editor-theme.ts'
import { markedLines, setMarkedLines } from './marked-lines.ts'

/** What an editor begins with. */
export type EditorStart = {
  readonly parent: HTMLElement
  readonly name: string
  readonly language: CodeEditorProps['language']
  readonly text: string
  readonly readOnly: boolean
  readonly history: boolean
  onChange(text: string): void
  onLine(line: number): void
}

const LANGUAGES: Readonly<Record<CodeEditorProps['language'], () => Extension>> = { yaml, sql, text: () => [] }

/** Says that a change came from outside, so that nobody is told of it again. */
const fromOutside = Annotation.define<boolean>()

/** An editor in its place on the page. */
export function createEditor({ parent, name, language, text, readOnly, history: undo, onChange, onLine }: EditorStart): EditorView {
  const listener = EditorView.updateListener.of(({ docChanged, selectionSet, transactions, state }) => {
    const own = transactions.every((transaction) => transaction.annotation(fromOutside) !== true)
    if (docChanged && own) onChange(state.doc.toString())
    if (selectionSet && own) onLine(state.doc.lineAt(state.selection.main.head).number)
  })
  const extensions: readonly Extension[] = [
    lineNumbers(),
    lintGutter(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    indentUnit.of('  '),
    highlightSelectionMatches(),
    markedLines,
    LANGUAGES[language](),
    editorTheme,
    syntaxHighlighting(tokenHighlight),
    ...(undo ? [history(), keymap.of(historyKeymap)] : []),
    // Ctrl Enter is the screen's.
    keymap.of([...closeBracketsKeymap, ...searchKeymap, ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')]),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0', spellcheck: 'false', ...(readOnly ? { 'aria-readonly': 'true' } : {}) }),
    listener,
  ]
  return new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) })
}

/** Puts another text into the editor, changing only what differs, so that cursor and scroll stay. */
export function showText(view: EditorView, text: string): void {
  const before = view.state.doc.toString()
  if (before === text) return
  let start = 0
  const shorter = Math.min(before.length, text.length)
  while (start < shorter && before[start] === text[start]) start += 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end += 1
  view.dispatch({ changes: { from: start, to: before.length - end, insert: text.slice(start, text.length - end) }, annotations: fromOutside.of(true) })
}

/** Shows what is said about places in the text; places beyond its end are said at its end. */
export function showMarks(view: EditorView, marks: readonly EditorMark[]): void {
  const { doc } = view.state
  const diagnostics = marks.map((mark): Diagnostic => {
    const from = position(doc, mark.line, mark.column)
    const to = mark.endLine === undefined && mark.endColumn === undefined ? doc.lineAt(from).to : position(doc, mark.endLine ?? mark.line, mark.endColumn)
    return { from, to: Math.max(from, to), severity: mark.severity, message: mark.message }
  })
  view.dispatch(setDiagnostics(view.state, diagnostics))
}

/** Marks lines and brings them into sight, unless the user is at work in them. */
export function showLines(view: EditorView, lines: LineRange | undefined): void {
  const { doc } = view.state
  if (lines === undefined) return view.dispatch({ effects: setMarkedLines.of(undefined) })
  const cursor = doc.lineAt(view.state.selection.main.head).number
  const isThere = view.hasFocus && lines.from <= cursor && cursor <= lines.to
  view.dispatch({ effects: [setMarkedLines.of(lines), ...(isThere ? [] : [EditorView.scrollIntoView(position(doc, lines.from), { y: 'center' })])] })
}

function position(doc: Text, line: number, column = 1): number {
  const { from, to } = doc.line(Math.max(1, Math.min(doc.lines, line)))
  return Math.min(to, from + Math.max(0, column - 1))
}
