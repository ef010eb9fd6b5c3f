import { Button, Modal } from '@mantine/core'
import { Trash2 } from 'lucide-react'
import { useState, type ReactElement, type ReactNode } from 'react'
import { create } from 'zustand'
import { formatBytes } from './format.ts'
import { Note } from './note.tsx'
import styles from './confirm.module.css'

/** A question before something that cannot be undone or costs much. */
export type Question = {
  /** Names the thing, e.g. "Delete run r0003?". */
  readonly title: string
  readonly text?: ReactNode
  /** What goes, with the bytes that are freed where they are known. */
  readonly parts?: readonly { readonly label: string; readonly bytes?: number }[]
  /** What stays and why, one sentence each. */
  readonly kept?: readonly string[]
  /** The verb with its object, e.g. "Delete run, free 1.85 GB". */
  readonly confirm: string
  /** The verb that keeps things as they are; by default "Cancel". */
  readonly cancel?: string
}

type Asked = Question & { readonly danger: boolean; answer(yes: boolean): void }

const useQuestion = create<{ readonly asked: Asked | null }>(() => ({ asked: null }))

/** Whether deletions are asked about; the user's setting. */
export const deletionPolicy = { ask: true }

/** Asks, and gives whether the user agreed. */
export async function confirm(question: Question, danger = false): Promise<boolean> {
  useQuestion.getState().asked?.answer(false)
  return new Promise((resolve) => {
    const answer = (yes: boolean): void => {
      useQuestion.setState({ asked: null })
      resolve(yes)
    }
    useQuestion.setState({ asked: { ...question, danger, answer } })
  })
}

/** Asks before a deletion, with what goes, what it frees and what is kept; gives true at once where the user chose not to be asked. */
export async function confirmDeletion(question: Question): Promise<boolean> {
  return deletionPolicy.ask ? confirm(question, true) : true
}

/** Shows the question that is asked; one stands in the window. */
export function ConfirmHost(): ReactElement {
  const asked = useQuestion((state) => state.asked)
  const [last, setLast] = useState<Asked | null>(null)
  // The question stays readable while the dialog closes.
  if (asked !== null && asked !== last) setLast(asked)
  return (
    <Modal opened={asked !== null} onClose={() => asked?.answer(false)} title={last?.title ?? ''} withCloseButton={false} size={400}>
      {last === null ? undefined : <QuestionBody question={last} />}
    </Modal>
  )
}

function QuestionBody({ question }: { readonly question: Asked }): ReactElement {
  const { text, parts = [], kept = [], confirm: agree, cancel = 'Cancel', danger, answer } = question
  const total = parts.reduce((sum, { bytes = 0 }) => sum + bytes, 0)
  return (
    <div className={styles['body']}>
      {text === undefined ? undefined : <div className={styles['text']}>{text}</div>}
      {parts.length === 0 ? undefined : (
        <dl className={styles['parts']}>
          {parts.map(({ label, bytes }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{bytes === undefined ? '' : formatBytes(bytes)}</dd>
            </div>
          ))}
          {parts.length > 1 && total > 0 ? (
            <div className={styles['total']}>
              <dt>Freed on disk at once</dt>
              <dd>{formatBytes(total)}</dd>
            </div>
          ) : undefined}
        </dl>
      )}
      {kept.length === 0 ? undefined : (
        <Note tone="warning">
          {kept.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Note>
      )}
      <div className={styles['actions']}>
        <Button variant="default" data-autofocus onClick={() => answer(false)}>
          {cancel}
        </Button>
        <Button color={danger ? 'red' : 'race'} leftSection={danger ? <Trash2 size={14} /> : undefined} onClick={() => answer(true)}>
          {agree}
        </Button>
      </div>
    </div>
  )
}
