import { notifications } from '@mantine/notifications'
import { Check, OctagonAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import { registerCommands } from '../app/commands.ts'
import { showKeys } from '../app/shortcuts.ts'
import { describeError } from './describe-error.ts'
import styles from './toast.module.css'

const QUIET_MILLISECONDS = 4000
const UNDO_MILLISECONDS = 8000
const FAILURE_MILLISECONDS = 12_000

let undos = 0

/** Short messages at the edge of the window about what has just been done. */
export const toast = {
  /** Says that something was done. */
  success(text: string): void {
    notifications.show({ message: text, icon: <Check size={16} />, autoClose: QUIET_MILLISECONDS, withCloseButton: false })
  },
  /** Says what failed, why, and what to do; for failures that have no place on the screen. */
  failure(error: unknown): void {
    const { headline, message, nextStep } = describeError(error)
    notifications.show({
      title: headline,
      message: message === headline ? nextStep : `${message} ${nextStep}`,
      icon: <OctagonAlert size={16} />,
      autoClose: FAILURE_MILLISECONDS,
      closeButtonProps: { 'aria-label': 'Close message' },
    })
  },
  /** Says what was done and offers for 8 s to undo it. */
  undo(text: string, undo: () => unknown): void {
    undos += 1
    const id = `undo-${String(undos)}`
    const take = (): void => {
      notifications.hide(id)
      undo()
    }
    const forget = registerCommands(id, [{ id: 'undo', title: 'Undo', keys: 'mod+Z', group: 'General', run: take }])
    notifications.show({
      id,
      message: <UndoMessage text={text} onUndo={take} />,
      icon: <Check size={16} />,
      autoClose: UNDO_MILLISECONDS,
      withCloseButton: false,
      onClose: forget,
    })
  },
} as const

function UndoMessage({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }): ReactElement {
  return (
    <span className={styles['undo']}>
      <span>{text}</span>
      <button type="button" onClick={onUndo}>
        Undo <kbd>{showKeys('mod+Z')}</kbd>
      </button>
    </span>
  )
}
