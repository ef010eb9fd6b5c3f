import type { JobContext } from '../../../src/main/workers/job.ts'
import { MillraceError } from '#shared/errors.ts'

let calls = 0

/** Does what its input says; worker threads import this file. */
// oxlint-disable-next-line import/no-default-export -- a pool runs the default export of a job module
export default async function job(input: { do: string; value?: number }, context: JobContext): Promise<unknown> {
  calls++
  switch (input.do) {
    case 'double':
      return (input.value ?? 0) * 2
    case 'calls':
      return calls
    case 'fail':
      throw new MillraceError({ code: 'invalid-data', headline: 'Bad', nextStep: 'Mend it.', details: { row: 7 } })
    case 'bug':
      return (undefined as unknown as { length: number }).length
    case 'exit':
      return process.exit(3)
    case 'late':
      setTimeout(() => {
        throw new Error('thrown by a timer')
      }, 0)
      return new Promise(() => undefined)
    case 'memory': {
      const kept: unknown[] = []
      for (;;) kept.push(Array.from({ length: 1e4 }, (_, i) => ({ i })))
    }
    case 'wait':
      context.progress(0.1, 'waiting')
      for (;;) {
        await new Promise((wake) => setTimeout(wake, 2))
        context.signal.throwIfAborted()
      }
    case 'spin':
      context.progress(0.1, 'spinning')
      for (;;) calls++
    case 'talk':
      context.log.warn('careful')
      for (let i = 0; i <= 1000; i++) context.progress(i / 1000)
      for (let i = 0; i <= 1000; i++) context.measure({ kind: 'iteration', learner: 'x', loss: 'log loss', fold: 0, folds: 1, iteration: i, training: 1, validation: null })
      return undefined
    default:
      return () => 'a function cannot cross'
  }
}
