import { expect, test } from 'vitest'
import type { Rng } from '../../../../src/main/base/rng.ts'
import { arena, expectClose, forSeeds, normals, numericGradient, place, pool, read, room, scratch } from './neural-bench.ts'
import { referenceGru, referenceLstm, type Sequence, type SequenceInputs } from './recurrent.reference.ts'

const sequences = [
  { batch: 1, steps: 1, units: 1, hard: false },
  { batch: 3, steps: 2, units: 3, hard: false },
  { batch: 2, steps: 4, units: 5, hard: true },
  { batch: 7, steps: 3, units: 4, hard: false },
] as const

type Drawn = { readonly z: Float32Array; readonly recurrent: Float32Array; readonly h0: Float32Array; readonly c0: Float32Array; readonly dh: Float32Array; readonly dLast: Float32Array; readonly dcLast: Float32Array }

function draw(rng: Rng, { batch, steps, units }: Sequence, gates: number): Drawn {
  const states = batch * units
  return {
    ...{ z: normals(rng, steps * states * gates), recurrent: normals(rng, units * units * gates, 0.7), h0: normals(rng, states, 0.5), c0: normals(rng, states, 0.5) },
    ...{ dh: normals(rng, steps * states), dLast: normals(rng, states), dcLast: normals(rng, states) },
  }
}

/** Blocks of states with the initial ones in front. */
function statesFrom(initial: Float32Array, steps: number): Float32Array {
  const states = new Float32Array(initial.length * (steps + 1)).fill(Number.NaN)
  states.set(initial)
  return states
}

const weighted = (values: ArrayLike<number>, weights: ArrayLike<number>, from = 0): number => Array.from(weights).reduce((sum, weight, k) => sum + weight * (values[from + k] ?? Number.NaN), 0)
const halves = (batch: number): readonly (readonly [number, number])[] => [[0, batch >> 1], [batch >> 1, batch]]

/** Aᵀ · B of row-major matrices with as many rows, the product that gives dU. */
function transposedProduct(a: Float32Array, b: Float32Array, rows: number): Float32Array {
  const [m, n] = [a.length / rows, b.length / rows]
  const c = room(m * n)
  pool.call('product', place(a), 1, m, place(b), n, 1, c, n, 0, m, n, rows, 0, 0, 0, 0, scratch(pool.call('productScratch')))
  return read(c, m * n)
}

/** Runs a test for every sequence with inputs drawn anew. */
function forSequences(gates: number, body: (sequence: Sequence, drawn: Drawn) => void): void {
  forSeeds(2, (rng) => {
    for (const sequence of sequences) {
      const mark = arena.mark()
      body(sequence, draw(rng, sequence, gates))
      arena.release(mark)
    }
  })
}

test('LSTM forward and back, over halves of the batch: states, and gradients by gates, weights and initial states', () => {
  forSequences(4, (sequence, drawn) => {
    const { batch, steps, units, hard } = sequence
    const states = batch * units
    const space = scratch(pool.call('lstmScratch', units))
    const [gates, recurrent, h, c] = [place(drawn.z), place(drawn.recurrent), place(statesFrom(drawn.h0, steps)), place(statesFrom(drawn.c0, steps))]
    const [dh, dhState, dcState] = [place(drawn.dh), place(drawn.dLast), place(drawn.dcLast)]
    const flag = hard ? 1 : 0
    for (const [from, to] of halves(batch)) pool.call('lstm', gates, recurrent, h, c, batch, from, to, steps, units, flag, space)
    const truth = referenceLstm(sequence, drawn)
    const found = read(h, states * (steps + 1))
    expectClose(found.subarray(states), truth.h)
    expectClose(read(c, states * (steps + 1)).subarray(states), truth.c)

    for (const [from, to] of halves(batch)) pool.call('lstmGradient', gates, recurrent, c, dh, dhState, dcState, batch, from, to, steps, units, flag, space)
    const loss = (inputs: SequenceInputs): number => {
      const { h, c } = referenceLstm(sequence, inputs)
      return weighted(h, drawn.dh) + weighted(h, drawn.dLast, (steps - 1) * states) + weighted(c, drawn.dcLast, (steps - 1) * states)
    }
    const dz = read(gates, states * steps * 4)
    expectClose(dz, numericGradient((z) => loss({ ...drawn, z }), drawn.z), 1e-4)
    expectClose(read(dhState, states), numericGradient((h0) => loss({ ...drawn, h0 }), drawn.h0), 1e-4)
    expectClose(read(dcState, states), numericGradient((c0) => loss({ ...drawn, c0 }), drawn.c0), 1e-4)
    expectClose(transposedProduct(found.slice(0, states * steps), dz, batch * steps), numericGradient((recurrent) => loss({ ...drawn, recurrent }), drawn.recurrent), 1e-4)
  })
})

test('GRU forward and back, over halves of the batch: states, and gradients by gates, weights and the initial state', () => {
  forSequences(3, (sequence, drawn) => {
    const { batch, steps, units, hard } = sequence
    const states = batch * units
    const space = scratch(pool.call('gruScratch', units))
    const [gates, recurrent, h, resets] = [place(drawn.z), place(drawn.recurrent), place(statesFrom(drawn.h0, steps)), room(states * steps)]
    const [dh, dhState, aside] = [place(drawn.dh), place(drawn.dLast), room(states)]
    const flag = hard ? 1 : 0
    for (const [from, to] of halves(batch)) pool.call('gru', gates, recurrent, h, resets, batch, from, to, steps, units, flag, space)
    const found = read(h, states * (steps + 1))
    expectClose(found.subarray(states), referenceGru(sequence, drawn))

    for (const [from, to] of halves(batch)) pool.call('gruGradient', gates, recurrent, h, dh, dhState, aside, batch, from, to, steps, units, flag, space)
    const loss = (inputs: SequenceInputs): number => {
      const h = referenceGru(sequence, inputs)
      return weighted(h, drawn.dh) + weighted(h, drawn.dLast, (steps - 1) * states)
    }
    const dz = read(gates, states * steps * 3)
    expectClose(dz, numericGradient((z) => loss({ ...drawn, z }), drawn.z), 1e-4)
    expectClose(read(dhState, states), numericGradient((h0) => loss({ ...drawn, h0 }), drawn.h0), 1e-4)
    const column = (from: number, width: number): Float32Array => dz.filter((_, place) => place % (3 * units) >= from && place % (3 * units) < from + width)
    const dGates = transposedProduct(found.slice(0, states * steps), column(0, 2 * units), batch * steps)
    const dNew = transposedProduct(read(resets, states * steps), column(2 * units, units), batch * steps)
    const dU = Float32Array.from({ length: 3 * units * units }, (_, place) => {
      const [row, k] = [Math.floor(place / (3 * units)), place % (3 * units)]
      return (k < 2 * units ? dGates[row * 2 * units + k] : dNew[row * units + k - 2 * units]) ?? Number.NaN
    })
    expectClose(dU, numericGradient((recurrent) => loss({ ...drawn, recurrent }), drawn.recurrent), 1e-4)
  })
})

test('only the last states matter where no gradient by the others is given', () => {
  forSeeds(1, (rng) => {
    const sequence = { batch: 2, steps: 3, units: 3, hard: false }
    const drawn = draw(rng, sequence, 4)
    const space = scratch(pool.call('lstmScratch', 3))
    const [gates, recurrent, h, c] = [place(drawn.z), place(drawn.recurrent), place(statesFrom(drawn.h0, 3)), place(statesFrom(drawn.c0, 3))]
    pool.call('lstm', gates, recurrent, h, c, 2, 0, 2, 3, 3, 0, space)
    pool.call('lstmGradient', gates, recurrent, c, 0, place(drawn.dLast), place(new Float32Array(6)), 2, 0, 2, 3, 3, 0, space)
    const loss = (z: ArrayLike<number>): number => weighted(referenceLstm(sequence, { ...drawn, z }).h, drawn.dLast, 12)
    expectClose(read(gates, 72), numericGradient(loss, drawn.z), 1e-4)
  })
})

test('wide layers, deeper than a block of the product', () => {
  forSeeds(1, (rng) => {
    for (const [gateCount, run] of [[4, 'lstm'], [3, 'gru']] as const) {
      const sequence = { batch: 7, steps: 2, units: 261, hard: false }
      const drawn = draw(rng, sequence, gateCount)
      const u = drawn.recurrent.map((value) => value / 16)
      const [gates, recurrent, h, other] = [place(drawn.z), place(u), place(statesFrom(drawn.h0, 2)), place(statesFrom(drawn.c0, 2))]
      pool.call(run, gates, recurrent, h, other, 7, 0, 7, 2, 261, 0, scratch(pool.call(`${run}Scratch`, 261)))
      const inputs = { ...drawn, recurrent: u }
      expectClose(read(h, 3 * 7 * 261).subarray(7 * 261), run === 'lstm' ? referenceLstm(sequence, inputs).h : referenceGru(sequence, inputs))
    }
  })
})

test('axes are swapped and swapped back', () => {
  for (const [first, second, width] of [[3, 5, 1], [2, 3, 7], [5, 1, 4]] as const) {
    const x = Float32Array.from({ length: first * second * width }, (_, i) => i)
    const [swapped, back] = [room(x.length), room(x.length)]
    const at = place(x)
    pool.call('swapAxes', at, first, second, width, 0, 1, swapped)
    pool.call('swapAxes', at, first, second, width, 1, first, swapped)
    expect(read(swapped, x.length)[first * width]).toBe(second === 1 ? undefined : width)
    pool.call('swapAxes', swapped, second, first, width, 0, second, back)
    expect(read(back, x.length)).toEqual(x)
  }
})
