import { workerData } from 'node:worker_threads'

// A thread beside one that a driver may hang: ends the process once the one that started it is gone, so that nothing is left that computes for nobody.

const EVERY_MILLISECONDS = 500
const parent: unknown = workerData

setInterval(() => {
  if (!isAlive(Number(parent))) process.kill(process.pid, 'SIGKILL')
}, EVERY_MILLISECONDS)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Of another user, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
