import { formatSeconds } from '../format/quantity.ts'

/** How far a piece of work is. */
export type ProgressState = {
  readonly name: string
  /** 0 … 1 */
  readonly fraction: number
  readonly message: string
  readonly remainingSeconds: number | undefined
}

const barWidth = 20

/** One line such as "train  ████░░  45 %  fold 2 of 5, 12 s left". */
export function progressText(state: ProgressState, bar: boolean): string {
  const share = Math.min(1, Math.max(0, state.fraction))
  const filled = Math.round(share * barWidth)
  const parts = [
    state.name,
    ...(bar ? ['█'.repeat(filled) + '░'.repeat(barWidth - filled)] : []),
    `${String(Math.floor(share * 100)).padStart(3)} %`,
    [state.message, state.remainingSeconds === undefined ? '' : `about ${formatSeconds(state.remainingSeconds)} left`].filter((text) => text !== '').join(', '),
  ]
  return parts.join('  ').trimEnd()
}
