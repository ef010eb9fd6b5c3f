import { Worker } from 'node:worker_threads'
import { markDriverUse } from '../../../../../src/main/compute/backends/driver-use.ts'

// A driver that never answers, and keeps its thread busy meanwhile.
markDriverUse('webgpu')
const watch = new Worker(new URL('../../../../../src/main/pipeline/backend/parent-watch.ts', import.meta.url), { workerData: process.argv[2] })
watch.once('online', () => {
  process.once('message', () => {
    for (;;);
  })
})
