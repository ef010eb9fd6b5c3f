import { expect, test } from 'vitest'
import { createKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'
import type { NeuralCall } from '../../../../src/main/wasm/neural-kernels.ts'
import { windowRecord } from '../../../../src/main/wasm/sliding-window.ts'
import { webAssembly } from '../../../../src/main/wasm/webassembly.ts'
import { windowOver } from './sliding-windows.ts'

const PAGES = 128
const memory = new webAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true })
const pool = await createKernelPool({ module: 'neural', memory, threads: 1 })
const END = PAGES * 65536
const SCRATCH = 1 << 20 // four megabytes of it
const RECORD = 64

type Case = { readonly sizes: readonly number[]; readonly call: (...operands: number[]) => NeuralCall }

/** Calls of a width that is no multiple of a vector: the lengths of their operands in floats, and the call. */
function casesOf(n: number): readonly Case[] {
  const [rows, images, places] = [7, 2 * 5 * 5 * n, 2 * 3 * 3 * n]
  const product = (aRow: number, aColumn: number, bRow: number, bColumn: number): Case => ({
    sizes: [rows * 9, 9 * n, rows * n, n],
    call: (a, b, c, bias) => ({ kernel: 'product', args: [a, aRow, aColumn, b, bRow, bColumn, c, n, 0, rows, n, 9, 0, bias, 1, 0, SCRATCH] }),
  })
  return [
    ...[product(9, 1, n, 1), product(1, rows, n, 1), product(9, 1, 1, 9), product(1, rows, 1, 9)],
    { sizes: [n, n, n, n], call: (p, g, m, v) => ({ kernel: 'adam', args: [p, g, m, v, 0, n, 0.1, 0.9, 0.9, 1, 1, 1, 0, 1] }) },
    { sizes: [n, n], call: (x, y) => ({ kernel: 'errorFunction', args: [x, y, 0, n] }) },
    { sizes: [n, n, n], call: (y, dy, dx) => ({ kernel: 'activationGradient', args: [y, dy, dx, 0, n, 1, 0] }) },
    { sizes: [rows * n, n], call: (x, out) => ({ kernel: 'columnSums', args: [x, rows, n, 0, n, 0, out] }) },
    { sizes: [rows * n, rows], call: (x, out) => ({ kernel: 'rowSums', args: [x, 0, rows, n, out] }) },
    { sizes: [rows * n, rows, rows, rows * n], call: (x, labels, losses, dx) => ({ kernel: 'softmaxCrossEntropy', args: [x, labels, 0, 0, rows, n, losses, dx, 0] }) },
    { sizes: [n, n, n, n, n], call: (x, t, w, losses, dx) => ({ kernel: 'sigmoidCrossEntropy', args: [x, t, w, 0, n, losses, dx] }) },
    { sizes: [rows * n, n, n, rows * n, rows, rows], call: (x, g, b, y, m, s) => ({ kernel: 'layerNorm', args: [x, 0, rows, n, g, b, 1, y, m, s] }) },
    { sizes: [rows * n, n, n], call: (x, m, v) => ({ kernel: 'batchMoments', args: [x, rows, n, 0, n, m, v] }) },
    { sizes: [images, 9 * n * 5, 2 * 3 * 3 * 5], call: (x, f, y) => ({ kernel: 'convolve', args: [RECORD, x, f, y, 0, 18, 0, 0, 0, SCRATCH] }) },
    { sizes: [images, 9 * n * 5, 2 * 3 * 3 * 5], call: (dx, f, dy) => ({ kernel: 'convolutionInputGradient', args: [RECORD, dy, f, dx, 0, 2, SCRATCH] }) },
    { sizes: [images, 9 * n, places], call: (x, f, y) => ({ kernel: 'depthwise', args: [RECORD + 64, x, f, y, 0, 18, 0, 0, 0] }) },
    { sizes: [images, 9 * n, places], call: (x, f, dy) => ({ kernel: 'depthwiseFilterGradient', args: [RECORD + 64, x, dy, f, 0, 18] }) },
    { sizes: [images, places, images], call: (x, dy, dx) => ({ kernel: 'maxPoolGradient', args: [RECORD + 64, x, dy, dx, 0, 2] }) },
    { sizes: [2 * rows * 4 * n, n * 4 * n, 3 * rows * n, 3 * rows * n], call: (z, u, h, c) => ({ kernel: 'lstm', args: [z, u, h, c, rows, 0, rows, 2, n, 0, SCRATCH] }) },
    { sizes: [2 * rows * 3 * n, n * 3 * n, 3 * rows * n, 2 * rows * n], call: (z, u, h, r) => ({ kernel: 'gru', args: [z, u, h, r, rows, 0, rows, 2, n, 0, SCRATCH] }) },
    { sizes: [rows * n, 1, n], call: (table, index, out) => ({ kernel: 'gatherRows', args: [table, rows, n, index, 0, 1, out] }) },
  ]
}

test('no kernel reads or writes beyond an operand that ends where the memory ends', () => {
  let calls = 0
  for (const n of [1, 2, 3, 5, 7, 33]) {
    const records = [windowOver([2, 5, 5, n], 5, { window: [3, 3], pad: [0, 0, 0, 0] }), windowOver([2, 5, 5, n], n, { window: [3, 3], pad: [0, 0, 0, 0] })]
    for (const [i, window] of records.entries()) new Int32Array(memory.buffer, RECORD + 64 * i, 15).set(windowRecord(window))
    for (const { sizes, call } of casesOf(n)) {
      for (const last of sizes.keys()) {
        const operands = sizes.map((size, i) => (i === last ? END - size * 4 : 4096 + i * 65536))
        const one = call(...operands)
        expect(() => pool.together([one]), `${one.kernel}, operand ${last}, width ${n}`).not.toThrow()
        calls++
      }
    }
  }
  expect(calls).toBeGreaterThan(300)
})
