import { MillraceError } from '#shared/errors.ts'

const USUAL = 30

/** Seconds of work that an interruption may cost at most, between two checkpoints: what `MILLRACE_CHECKPOINT_SECONDS` says, or half a minute. */
export function checkpointSeconds(setting: string | undefined = process.env['MILLRACE_CHECKPOINT_SECONDS']): number {
  if (setting === undefined || setting.trim() === '') return USUAL
  const seconds = Number(setting)
  if (Number.isFinite(seconds) && seconds >= 0) return seconds
  throw new MillraceError({
    code: 'usage',
    headline: `MILLRACE_CHECKPOINT_SECONDS is "${setting}", which is not a number of seconds`,
    nextStep: 'Set it to a number of 0 or more, such as 30, or remove it.',
    details: { value: setting },
  })
}
