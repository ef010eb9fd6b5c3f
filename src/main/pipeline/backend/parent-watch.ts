import { workerData } from 'node:worker_threads'
import { isAlive, type ProcessIdentity } from '../../base/process-identity.ts'
import { forgetOwnDriverUses } from '../../compute/backends/driver-use.ts'

// A thread beside one that a driver may hang: ends the process once the one that started it is gone, so that nothing is left that computes for nobody.

const EVERY_MILLISECONDS = 500
const parent = JSON.parse(String(workerData)) as ProcessIdentity

setInterval(() => {
  if (isAlive(parent) !== 'gone') return
  forgetOwnDriverUses() // that nobody waits any more says nothing of the driver
  process.kill(process.pid, 'SIGKILL')
}, EVERY_MILLISECONDS)
