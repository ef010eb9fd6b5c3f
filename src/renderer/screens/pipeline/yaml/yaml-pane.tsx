import { Check, TriangleAlert } from 'lucide-react'
import { useMemo, type ReactElement, type ReactNode } from 'react'
import type { PipelineFinding } from '#shared/domain/pipeline-outline.ts'
import { CodeEditor, type EditorMark, type LineRange } from '../../../components/code-editor/code-editor.tsx'
import { plural } from '../../../components/format.ts'
import { PaneHead } from '../../../components/pane.tsx'
import styles from './yaml.module.css'

const shownFindings = 50

type YamlPaneProps = {
  readonly file: string
  readonly text: string
  readonly unsaved: boolean
  /** True where the findings are of this very text. */
  readonly checked: boolean
  readonly findings: readonly PipelineFinding[]
  /** Said above the text. */
  readonly remark?: ReactNode
  /** Lines of the selected step. */
  readonly selected: LineRange | undefined
  onChange(text: string): void
  /** Told of the line that the cursor came to. */
  onLine(line: number): void
  onFinding(finding: PipelineFinding): void
}

/** The text of the pipeline with what is wrong in it marked and listed below, each a way to its line. */
export function YamlPane({ file, text, unsaved, checked, findings, remark, selected, onChange, onLine, onFinding }: YamlPaneProps): ReactElement {
  const marks = useMemo(() => findings.map((finding) => markOf(text, finding)), [findings, text])
  return (
    <div className={styles['pane']}>
      <PaneHead title={<span className={styles['file']}>{file}</span>} sub={unsaved ? 'not saved' : undefined} end={<TextState problems={findings.length} checked={checked} />} line />
      {remark === undefined ? undefined : <div className={styles['remark']}>{remark}</div>}
      <CodeEditor name={file} language="yaml" value={text} marks={marks} selectLines={selected} history={false} onChange={onChange} onLine={onLine} />
      {findings.length === 0 ? undefined : (
        <ul className={styles['findings']} aria-label="Problems">
          {findings.slice(0, shownFindings).map((finding) => (
            <li key={`${String(finding.line)}:${String(finding.column)} ${finding.message}`}>
              <button type="button" onClick={() => onFinding(finding)}>
                <span className={styles['line']}>{finding.line}</span>
                <span>{finding.message}</span>
              </button>
            </li>
          ))}
          {findings.length > shownFindings ? <li className={styles['more']}>and {plural(findings.length - shownFindings, 'more problem')}</li> : undefined}
        </ul>
      )}
    </div>
  )
}

function TextState({ problems, checked }: { readonly problems: number; readonly checked: boolean }): ReactElement | undefined {
  if (problems > 0) {
    return (
      <span className={styles['wrong']}>
        <TriangleAlert size={14} /> {plural(problems, 'problem')}
      </span>
    )
  }
  if (!checked) return undefined
  return (
    <span className={styles['valid']}>
      <Check size={14} /> valid
    </span>
  )
}

/** Marks the word that a finding stands at. */
function markOf(text: string, { line, column, message }: PipelineFinding): EditorMark {
  const word = /^[^\s,{}[\]]+/.exec((text.split('\n')[line - 1] ?? '').slice(column - 1))
  return { line, column, ...(word === null ? {} : { endColumn: column + word[0].length }), severity: 'error', message }
}
