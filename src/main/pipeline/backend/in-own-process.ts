import { fork } from 'node:child_process'
import { fromErrorData } from '#shared/errors.ts'
import { ownIdentity } from '../../base/process-identity.ts'
import type { BackendCheckInput, BackendCheckOutput } from './backend-check-job.ts'
import { checkAnswerSchema } from './check-message.ts'

/** A driver that hung or died, as the self-test met it. */
export class DriverFault extends Error {
  readonly kind: 'hangs' | 'crashes'
  constructor(kind: 'hangs' | 'crashes', message: string) {
    super(message)
    this.kind = kind
  }
}

/** Tests a backend in a process of its own. Throws what the test threw, and DriverFault where the process died or did not answer in time. */
export async function inOwnProcess(entry: URL, input: BackendCheckInput, patienceMilliseconds: number): Promise<BackendCheckOutput> {
  const child = fork(entry, [JSON.stringify(ownIdentity())], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<BackendCheckOutput>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new DriverFault('hangs', `Its driver did not answer within ${String(patienceMilliseconds / 1000)} seconds.`))
      }, patienceMilliseconds)
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        reject(new DriverFault('crashes', `Its driver brought the process down that tried it (${signal ?? `code ${String(code)}`}).`))
      })
      child.once('message', (raw) => {
        const parsed = checkAnswerSchema.safeParse(raw)
        if (!parsed.success) reject(new Error(`The self-test answers what is no answer: ${parsed.error.message}`))
        else if ('error' in parsed.data) reject(fromErrorData(parsed.data.error))
        else resolve(parsed.data.output)
      })
      child.send(input)
    })
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}
