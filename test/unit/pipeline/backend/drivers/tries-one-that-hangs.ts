import { fork } from 'node:child_process'

// A process that tries a driver that hangs, and says which process that is.
const child = fork(new URL('hangs.ts', import.meta.url), [String(process.pid)])
child.send({})
process.stdout.write(`${String(child.pid)}\n`)
