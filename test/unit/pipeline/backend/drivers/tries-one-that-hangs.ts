import { fork } from 'node:child_process'
import { ownIdentity } from '../../../../../src/main/base/process-identity.ts'

// A process that tries a driver that hangs, and says which process that is.
const child = fork(new URL('hangs.ts', import.meta.url), [JSON.stringify(ownIdentity())])
child.send({})
process.stdout.write(`${String(child.pid)}\n`)
