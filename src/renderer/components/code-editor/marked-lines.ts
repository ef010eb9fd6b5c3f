import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { LineRange } from './code-editor.tsx'

/** Marks these lines, and no others. */
export const setMarkedLines = StateEffect.define<LineRange | undefined>()

const line = Decoration.line({ class: 'cm-markedLine' })

/** Lines that belong to what is selected elsewhere; they move with the text. */
export const markedLines: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, transaction) {
    const effect = transaction.effects.find((one) => one.is(setMarkedLines))
    return effect === undefined ? marked.map(transaction.changes) : decorations(transaction.state.doc, effect.value)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function decorations(doc: Text, lines: LineRange | undefined): DecorationSet {
  if (lines === undefined) return Decoration.none
  const from = Math.max(1, lines.from)
  const to = Math.min(doc.lines, lines.to)
  return Decoration.set(Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => line.range(doc.line(from + at).from)))
}
