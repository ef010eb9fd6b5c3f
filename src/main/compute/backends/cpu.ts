import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import type { BackendStart } from '../backend.ts'
import { processor } from './processor.ts'
import { registerBackend } from './register-backend.ts'

/** Plain JavaScript, a hundred times slower than the others: what they are checked against. Never chosen by itself. */
export const cpu: BackendStart = {
  id: 'cpu',
  async start() {
    return { id: 'cpu', device: processor(1), close: await registerBackend('cpu', () => new MathBackendCPU()) }
  },
}
