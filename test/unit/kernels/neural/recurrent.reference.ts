import { referenceActivation } from './activation.reference.ts'

/** Sizes of a sequence, and whether its gates are hard. */
export type Sequence = { readonly batch: number; readonly steps: number; readonly units: number; readonly hard: boolean }

/** What a sequence is made of, time before batch: x W + b of every gate, the recurrent weights, the initial states. */
export type SequenceInputs = { readonly z: ArrayLike<number>; readonly recurrent: ArrayLike<number>; readonly h0: ArrayLike<number>; readonly c0: ArrayLike<number> }

const at = (values: ArrayLike<number>, place: number): number => values[place] ?? Number.NaN
const opener = (hard: boolean) => (x: number): number => referenceActivation(hard ? 'hardSigmoid' : 'sigmoid', x)

/** States h and c after every step, [steps][batch][units], of the LSTM of tf.layers (gates i, f, c, o), in float64. */
export function referenceLstm({ batch, steps, units, hard }: Sequence, { z, recurrent, h0, c0 }: SequenceInputs): { readonly h: Float64Array; readonly c: Float64Array } {
  const [h, c, open] = [new Float64Array(steps * batch * units), new Float64Array(steps * batch * units), opener(hard)]
  for (let t = 0; t < steps; t++) {
    for (let n = 0; n < batch; n++) {
      const before = (states: ArrayLike<number>, first: ArrayLike<number>, u: number): number => (t === 0 ? at(first, n * units + u) : at(states, ((t - 1) * batch + n) * units + u))
      const gate = (k: number, u: number): number => {
        let sum = at(z, ((t * batch + n) * 4 + k) * units + u)
        for (let v = 0; v < units; v++) sum += before(h, h0, v) * at(recurrent, (v * 4 + k) * units + u)
        return sum
      }
      for (let u = 0; u < units; u++) {
        const cell = open(gate(1, u)) * before(c, c0, u) + open(gate(0, u)) * Math.tanh(gate(2, u))
        c[(t * batch + n) * units + u] = cell
        h[(t * batch + n) * units + u] = open(gate(3, u)) * Math.tanh(cell)
      }
    }
  }
  return { h, c }
}

/** States after every step, [steps][batch][units], of the GRU of tf.layers (gates z, r, h; the reset before the product), in float64. */
export function referenceGru({ batch, steps, units, hard }: Sequence, { z, recurrent, h0 }: SequenceInputs): Float64Array {
  const [h, open] = [new Float64Array(steps * batch * units), opener(hard)]
  for (let t = 0; t < steps; t++) {
    for (let n = 0; n < batch; n++) {
      const before = (u: number): number => (t === 0 ? at(h0, n * units + u) : at(h, ((t - 1) * batch + n) * units + u))
      const gate = (k: number, u: number, state: (v: number) => number): number => {
        let sum = at(z, ((t * batch + n) * 3 + k) * units + u)
        for (let v = 0; v < units; v++) sum += state(v) * at(recurrent, (v * 3 + k) * units + u)
        return sum
      }
      const resets = Float64Array.from({ length: units }, (_, v) => open(gate(1, v, before)) * before(v))
      for (let u = 0; u < units; u++) {
        const kept = open(gate(0, u, before))
        h[(t * batch + n) * units + u] = kept * before(u) + (1 - kept) * Math.tanh(gate(2, u, (v) => at(resets, v)))
      }
    }
  }
  return h
}
