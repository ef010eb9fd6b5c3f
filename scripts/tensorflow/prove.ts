import { startBackend } from '../../src/main/compute/backends/index.ts'
import { selfTest } from '../../src/main/compute/self-test/self-test.ts'

// Started by setup-tensorflow.ts in a process of its own, because a library that does not fit may bring it down: says what computes and what it trains.

const backend = await startBackend('tensorflow', { threads: 1 })
const { trains, failures } = await selfTest()
process.stdout.write(JSON.stringify({ device: backend.device, trains, failures }))
await backend.close()
