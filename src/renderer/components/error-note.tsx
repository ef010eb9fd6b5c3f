import { Button } from '@mantine/core'
import { OctagonAlert } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { ErrorDetails } from '#shared/errors.ts'
import { describeError } from './describe-error.ts'
import styles from './error-note.module.css'

const SHOWN: readonly (readonly [key: keyof ErrorDetails & string, label: string])[] = [
  ['file', 'file'],
  ['line', 'line'],
  ['row', 'row'],
  ['column', 'column'],
  ['step', 'step'],
  ['value', 'value'],
]

const LONGEST_VALUE = 200

/** Says what happened, what it means and what to do next; its code stands small below. Takes what was thrown, or an error as plain data. */
export function ErrorNote({ error, retry, retryLabel = 'Try again', actions }: { readonly error: unknown; readonly retry?: () => unknown; readonly retryLabel?: string; readonly actions?: ReactNode }): ReactElement {
  const { code, headline, message, nextStep, details } = describeError(error)
  const where = SHOWN.flatMap(([key, label]) => {
    const value = details[key]
    return typeof value === 'string' || typeof value === 'number' ? [`${label} ${String(value).slice(0, LONGEST_VALUE)}`] : []
  })
  return (
    <div role="alert" className={styles['error']}>
      <OctagonAlert className={styles['icon'] ?? ''} size={16} />
      <div className={styles['text']}>
        <p className={styles['headline']}>{headline}</p>
        {message === headline ? undefined : <p>{message}</p>}
        <p className={styles['next']}>{nextStep}</p>
        {retry === undefined && actions === undefined ? undefined : (
          <div className={styles['actions']}>
            {retry === undefined ? undefined : (
              <Button variant="default" onClick={() => void retry()}>
                {retryLabel}
              </Button>
            )}
            {actions}
          </div>
        )}
        <p className={styles['code']}>{[code, ...where].join(' · ')}</p>
      </div>
    </div>
  )
}
