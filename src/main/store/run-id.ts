import { MillraceError } from '#shared/errors.ts'

/** Id of a run as people see it: `r0001`, `r0002`, … */
export function formatRunId(number: number): string {
  return `r${String(number).padStart(4, '0')}`
}

/** Number of a run from its id; `r12` and `12` are taken for `r0012`. */
export function parseRunId(id: string): number {
  const match = /^r?0*(\d{1,9})$/.exec(id.trim())
  if (match?.[1] === undefined) throw runNotFound(id)
  return Number(match[1])
}

/** The error for a run that is not in this project. */
export function runNotFound(id: string): MillraceError {
  return new MillraceError({
    code: 'not-found',
    headline: `There is no run "${id}"`,
    nextStep: 'List the runs of this project with: millrace runs',
    details: { value: id },
  })
}
