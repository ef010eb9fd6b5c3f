import type { ErrorData } from '#shared/errors.ts'
import type { Paint } from './paint.ts'
import { visibleText } from './visible-text.ts'

/** Puts the commands of a text as they are to be typed. */
type Hint = (text: string) => string

const asWritten: Hint = (text) => text

/** The error as users see it: what happened, what it means, what to do next. Never a stack trace, unless a developer asked. */
export function formatError(error: ErrorData, paint: Paint, debug: boolean, hint: Hint = asWritten): string {
  // What the user stopped has not failed.
  const lines = [error.code === 'cancelled' ? paint.strong(visibleText(error.headline)) : paint.bad(`Error: ${visibleText(error.headline)}`)]
  if (error.message !== error.headline) lines.push(...visibleText(error.message).split('\n').map((line) => `  ${line}`))
  const { step, run } = error.details
  if (typeof step === 'string' && typeof run === 'string') lines.push(paint.quiet(`  Where: step ${step} of run ${run}; its log: ${hint(`millrace runs show ${run}`)}`))
  if (error.nextStep !== '') lines.push(`  Next: ${hint(visibleText(error.nextStep))}`)
  if (debug && typeof error.details.stack === 'string') lines.push(paint.quiet(error.details.stack))
  return `${lines.join('\n')}\n`
}

/** The error without what only developers want. */
export function publicError(error: ErrorData, debug: boolean, hint: Hint = asWritten): Omit<ErrorData, 'retryable'> {
  const { stack, ...details } = error.details
  return {
    code: error.code,
    headline: error.headline,
    message: error.message,
    nextStep: hint(error.nextStep),
    details: debug && stack !== undefined ? { ...details, stack } : details,
  }
}
