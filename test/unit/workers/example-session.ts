import { setTimeout as sleep } from 'node:timers/promises'
import { MillraceError } from '#shared/errors.ts'
import type { OpenSession } from '../../../src/main/workers/session.ts'

type Question = { readonly do: string; readonly milliseconds?: number }

/** Answers what its input says; a worker thread imports this file. */
export const openSession: OpenSession<{ readonly greeting: string }, Question, unknown> = ({ greeting }) => {
  let asked = 0
  return Promise.resolve({
    async answer({ do: what, milliseconds = 0 }, signal) {
      asked++
      if (what === 'greet') return greeting
      if (what === 'count') return asked
      if (what === 'fail') throw new MillraceError({ code: 'invalid-data', headline: 'Bad', nextStep: 'Mend it.' })
      if (what === 'exit') process.exit(3)
      if (what === 'wait') {
        while (!signal.aborted) await sleep(5)
        signal.throwIfAborted()
      }
      await sleep(milliseconds)
      return what
    },
    close: () => Promise.resolve(),
  })
}
