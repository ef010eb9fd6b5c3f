import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Code in the colours of the tokens, in both themes at once. */
export const tokenHighlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.keyword], color: 'var(--mr-syn-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--mr-syn-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--mr-syn-num)' },
  { tag: tags.comment, color: 'var(--mr-syn-com)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--mr-syn-kind)' },
  { tag: tags.invalid, color: 'var(--mr-danger-text)' },
])

/** The editor's frame. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--mr-text)', backgroundColor: 'var(--mr-code-bg)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mr-font-mono)', lineHeight: '19px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--mr-text)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-cursor': { borderLeftColor: 'var(--mr-text)' },
  '.cm-gutters': { color: 'var(--mr-text-3)', backgroundColor: 'var(--mr-code-bg)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 6px 0 8px' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--mr-hover)' },
  '.cm-activeLineGutter': { color: 'var(--mr-text)', backgroundColor: 'transparent' },
  '.cm-markedLine, &.cm-focused .cm-markedLine.cm-activeLine': { backgroundColor: 'var(--mr-selected)', boxShadow: 'inset 2px 0 0 var(--mr-accent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--mr-accent-soft)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--mr-accent-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', boxShadow: 'inset 0 0 0 1px var(--mr-accent-line)' },
  '.cm-tooltip': { border: '0', borderRadius: '5px', color: 'var(--mr-text)', backgroundColor: 'var(--mr-surface)', boxShadow: 'var(--mr-e-3)', fontFamily: 'var(--mr-font)' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: '3px solid var(--mr-danger)', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--mr-warning)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--mr-info)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--mr-danger) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--mr-warning) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--mr-info) 1px', textUnderlineOffset: '3px' },
  '.cm-lint-marker': { width: '8px', height: '8px', marginTop: '5px', borderRadius: '50%', content: '""' },
  '.cm-lint-marker-error': { backgroundColor: 'var(--mr-danger)' },
  '.cm-lint-marker-warning': { backgroundColor: 'var(--mr-warning)', borderRadius: '1px' },
  '.cm-lint-marker-info': { backgroundColor: 'var(--mr-info)' },
  '.cm-panels': { color: 'var(--mr-text)', backgroundColor: 'var(--mr-surface-2)', borderColor: 'var(--mr-border)' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button': { fontFamily: 'var(--mr-font)', fontSize: '12px' },
  '.cm-textfield': { color: 'var(--mr-text)', backgroundColor: 'var(--mr-surface)', border: '1px solid var(--mr-border-strong)', borderRadius: '3px' },
  '.cm-button': { color: 'var(--mr-text)', backgroundColor: 'var(--mr-surface)', backgroundImage: 'none', border: '1px solid var(--mr-border-2)', borderRadius: '3px' },
  '.cm-searchMatch': { backgroundColor: 'var(--mr-warning-soft)', outline: '1px solid var(--mr-warning-line)' },
})
