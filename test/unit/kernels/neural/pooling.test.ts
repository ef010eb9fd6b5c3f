import { expect, test } from 'vitest'
import { windowRecord } from '../../../../src/main/wasm/sliding-window.ts'
import { arena, expectClose, forSeeds, normals, numericGradient, place, pool, read, room } from './neural-bench.ts'
import { placements, windowOver } from './sliding-windows.ts'
import { referencePools, sizesOf } from './window.reference.ts'

test('gradients of pooling agree with differences of the reference, of every placement', () => {
  forSeeds(1, (rng) => {
    for (const [size, placement] of placements) {
      for (const channels of [1, 3, 5]) {
        if (size[0] * size[1] * size[2] * channels > 300) continue // differences of so many pixels take long
        const mark = arena.mark()
        const w = windowOver([...size, channels], channels, placement)
        const sizes = sizesOf(w)
        const [x, dy] = [normals(rng, sizes.x), normals(rng, sizes.y)]
        const [record, xAt, dyAt] = [place(windowRecord(w)), place(x), place(dy)]
        const [largest, mean, whole] = [room(sizes.x), room(sizes.x), room(sizes.x)]
        for (const [from, to] of [[0, w.batch >> 1], [w.batch >> 1, w.batch]] as const) {
          pool.call('maxPoolGradient', record, xAt, dyAt, largest, from, to)
          pool.call('averagePoolGradient', record, dyAt, mean, from, to, 0)
          pool.call('averagePoolGradient', record, dyAt, whole, from, to, 1)
        }
        const loss = (kind: 'largest' | 'mean', over: boolean) => (point: Float64Array): number => referencePools(w, point, over)[kind].reduce((sum, value, at) => sum + value * (dy[at] ?? 0), 0)
        expectClose(read(largest, sizes.x), numericGradient(loss('largest', false), x), 1e-4)
        expectClose(read(mean, sizes.x), numericGradient(loss('mean', false), x), 1e-4)
        expectClose(read(whole, sizes.x), numericGradient(loss('mean', true), x), 1e-4)
        arena.release(mark)
      }
    }
  })
})

test('pooling of every placement, over parts of the pixels', () => {
  forSeeds(1, (rng) => {
    for (const [size, placement] of placements) {
      for (const channels of [1, 3, 5, 8]) {
        const mark = arena.mark()
        const w = windowOver([...size, channels], channels, placement)
        const sizes = sizesOf(w)
        const x = normals(rng, sizes.x)
        const [record, xAt] = [place(windowRecord(w)), place(x)]
        const [largest, mean, whole] = [room(sizes.y), room(sizes.y), room(sizes.y)]
        const pixels = sizes.y / channels
        for (const [from, to] of [[0, Math.floor(pixels / 3)], [Math.floor(pixels / 3), pixels]] as const) {
          pool.call('maxPool', record, xAt, largest, from, to)
          pool.call('averagePool', record, xAt, mean, from, to, 0)
          pool.call('averagePool', record, xAt, whole, from, to, 1)
        }
        expectClose(read(largest, sizes.y), referencePools(w, x, false).largest)
        expectClose(read(mean, sizes.y), referencePools(w, x, false).mean)
        expectClose(read(whole, sizes.y), referencePools(w, x, true).mean)
        arena.release(mark)
      }
    }
  })
})

test('of equal values the first takes the gradient of the largest', () => {
  const record = place(windowRecord(windowOver([1, 2, 4, 1], 1, { window: [2, 2], stride: [2, 2] })))
  const dx = room(8)
  pool.call('maxPoolGradient', record, place(Float32Array.of(1, 1, 0, 5, 1, 1, 5, 0)), place(Float32Array.of(2, 3)), dx, 0, 1)
  expect([...read(dx, 8)]).toEqual([2, 0, 0, 3, 0, 0, 0, 0])
})
