import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import type { RunningBackend } from '../../../../src/main/compute/backend.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import { runKernel } from '../../../../src/main/compute/run-kernel.ts'
import { selfTest } from '../../../../src/main/compute/self-test/self-test.ts'
import { tf } from '../../../../src/main/compute/tensors.ts'

describe('TensorFlow.js’s own WebAssembly', () => {
  let backend: RunningBackend
  beforeAll(async () => {
    backend = await startBackend('wasm-simd', { threads: 1 })
  })
  afterAll(() => backend.close())

  it('multiplies two matrices with bias and activation, as often as asked', async () => {
    const rng = createRng(5)
    const draw = (rows: number, columns: number): Float32Array => new Float32Array(rows * columns).map(() => rng.normal())
    const [a, b, bias] = [draw(512, 64), draw(64, 256), draw(1, 256)]
    const cell = (row: number, column: number): number => {
      let sum = bias[column] as number
      for (let k = 0; k < 64; k++) sum += (a[row * 64 + k] as number) * (b[k * 256 + column] as number)
      return Math.max(0, sum)
    }
    for (let round = 0; round < 20; round++) {
      const [left, right, offset] = [tf.tensor2d(a, [512, 64]), tf.tensor2d(b, [64, 256]), tf.tensor1d(bias)]
      const product = runKernel('_FusedMatMul', { a: left, b: right, bias: offset }, { transposeA: false, transposeB: false, activation: 'relu' })
      expect(product.shape).toEqual([512, 256])
      const values = await product.data()
      for (const [row, column] of [[0, 0], [511, 255], [100, 17]] as const) expect(values[row * 256 + column]).toBeCloseTo(cell(row, column), 4)
      tf.dispose([left, right, offset, product])
    }
  })

  it('trains what it has gradients for, and says which it lacks', async () => {
    const { trains, failures } = await selfTest()
    expect(trains).toEqual(['dense', 'embedding', 'recurrence'])
    expect(failures.convolution).toMatch(/its package has no DepthwiseConv2dNativeBackprop/)
  })
})
