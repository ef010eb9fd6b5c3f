import { Worker } from 'node:worker_threads'

// A driver that never answers, and keeps its thread busy meanwhile.
const watch = new Worker(new URL('../../../../../src/main/pipeline/backend/parent-watch.ts', import.meta.url), { workerData: Number(process.argv[2]) })
watch.once('online', () => {
  process.once('message', () => {
    for (;;);
  })
})
