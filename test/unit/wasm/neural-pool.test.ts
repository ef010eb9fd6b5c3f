import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRng } from '../../../src/main/base/rng.ts'
import { createKernelPool } from '../../../src/main/wasm/create-kernel-pool.ts'
import { neuralKernelNames } from '../../../src/main/wasm/neural-kernels.ts'
import { splitProduct, splitRows } from '../../../src/main/wasm/split-product.ts'
import { webAssembly } from '../../../src/main/wasm/webassembly.ts'

const DATA_SECTION = 11
const EXPORT_SECTION = 7

/** Sections of a wasm file: id and content. */
function sectionsOf(wasm: Uint8Array): readonly { readonly id: number; readonly content: Uint8Array }[] {
  const sections = []
  for (let at = 8; at < wasm.length;) {
    const id = wasm[at] as number
    const [size, start] = readLength(wasm, at + 1)
    sections.push({ id, content: wasm.subarray(start, start + size) })
    at = start + size
  }
  return sections
}

/** An unsigned LEB128 number and where what follows begins. */
function readLength(bytes: Uint8Array, from: number): [number, number] {
  let [value, at] = [0, from]
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] as number
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return [value, at]
  }
}

test('the neural module has no data to write into a memory that belongs to someone else, and exports its kernels and nothing else', () => {
  const wasm = readFileSync(join(import.meta.dirname, '../../../resources/kernels/neural.wasm'))
  const sections = sectionsOf(wasm)
  expect(sections.filter(({ id }) => id === DATA_SECTION)).toEqual([])
  expect(sections.some(({ id }) => id === EXPORT_SECTION)).toBe(true)
  const memory = new webAssembly.Memory({ initial: 2, maximum: 65536, shared: true })
  const bytes = new Uint8Array(memory.buffer).fill(0x5a)
  const { exports } = new webAssembly.Instance(new webAssembly.Module(wasm), { env: { memory } })
  expect(bytes.every((byte) => byte === 0x5a)).toBe(true)
  expect(Object.keys(exports).toSorted()).toEqual(neuralKernelNames.toSorted())
  expect(Object.values(exports).every((kernel) => typeof kernel === 'function')).toBe(true)
})

test('threads share products in a memory that is handed in, by rows or by columns', async () => {
  const memory = new webAssembly.Memory({ initial: 112, maximum: 65536, shared: true })
  const rng = createRng(3)
  const pool = await createKernelPool({ module: 'neural', memory, threads: 3 })
  const floats = (address: number, length: number): Float32Array => new Float32Array(memory.buffer, address, length)
  const [a, b, bias, c, alone] = [1, 2, 3, 4, 5].map((place) => place << 20) as [number, number, number, number, number]
  const scratch = pool.call('productScratch')
  memory.grow(Math.ceil((3 * scratch) / 65536))
  const scratches = [0, 1, 2].map((lane) => 112 * 65536 + lane * scratch)
  for (const at of [a, b, bias]) floats(at, 101 * 2400).set(Float32Array.from({ length: 101 * 2400 }, () => rng.normal()))
  for (const [rows, columns, depth] of [[101, 70, 90], [70, 101, 90], [3, 101, 2400]] as const) {
    const product = { a, aRow: depth, aColumn: 1, b, bRow: 1, bColumn: depth, c, cRow: columns, rows, columns, depth, bias, activation: 1 }
    pool.together(splitProduct({ ...product, c: alone }, scratches.slice(0, 1)))
    const calls = splitProduct(product, scratches)
    expect(calls.length).toBe(3)
    for (let round = 0; round < 20; round++) {
      floats(c, rows * columns).fill(Number.NaN)
      pool.together(calls)
      expect(floats(c, rows * columns).slice()).toEqual(floats(alone, rows * columns).slice())
    }
  }
  expect(() => {
    for (let round = 0; round < 50; round++) pool.together([0, 1].map(() => ({ kernel: 'biasAndActivate', args: [2 ** 31, 0, 100, 100, 0, 1, 0] })))
  }).toThrow(/memory access out of bounds|failed on a helper thread/)
  expect(pool.call('productScratch')).toBe(scratch)
  await pool.close()
})

test('rows are shared at whole panels, and only where every thread gets enough to do', () => {
  expect(splitRows(512, 512 * 512, 2)).toEqual([
    { from: 0, to: 258, lane: 0 },
    { from: 258, to: 512, lane: 1 },
  ])
  expect(splitRows(64, 100, 4)).toEqual([{ from: 0, to: 64, lane: 0 }])
  expect(splitRows(4, 1_000_000, 4)).toEqual([{ from: 0, to: 4, lane: 0 }])
  expect(splitRows(0, 1_000_000, 4)).toEqual([{ from: 0, to: 0, lane: 0 }])
})
