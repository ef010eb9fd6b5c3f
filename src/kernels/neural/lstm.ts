// Long short-term memory (Hochreiter and Schmidhuber 1997) as tf.layers and Keras compute it, over a whole sequence, for rows `from` … `to`−1 of the batch: a thread needs no other
// thread's rows at any step.
//
// Layouts, time before batch
//   gates      [steps][batch][4 · units], the gates in the order i, f, c, o
//   h, c       [steps + 1][batch][units]: block 0 is the initial state, which the host fills; block t + 1 the state after step t, the last block the last state
//   recurrent  U, [units][4 · units]
//
// Step: z = x_t W + b + h_{t−1} U;  i, f, o = σ(z_i), σ(z_f), σ(z_o);  g = tanh(z_c);  c_t = f c_{t−1} + i g;  h_t = o tanh(c_t), with σ the logistic sigmoid, or
// the hard one where `hard` is 1. The host computes x W + b of all steps as one product beforehand, and dx, dW, dU = h_{0…steps−1}ᵀ · dz and db = Σ dz as one each afterwards.
import { hardSigmoid4 } from './activation'
import { sigmoid4, tanh4 } from './functions'
import { flushed, loadFirst, madd, storeFirst } from './lanes'
import { packedBytes, packMatrix, productScratch, productWithPacked } from './product'

/** Bytes of scratch that `lstm` and `lstmGradient` take, per thread. */
export function lstmScratch(units: i32): i32 {
  return productScratch() + <i32>max(packedBytes(units, 4 * units), packedBytes(4 * units, units))
}

/** A gate that opens and closes. */
// @ts-ignore: decorator
@inline
export function gate(z: v128, hard: i32): v128 {
  return hard ? hardSigmoid4(z) : sigmoid4(z)
}

/** Derivative of such a gate, from its output. */
// @ts-ignore: decorator
@inline
export function gateSlope(y: v128, hard: i32): v128 {
  const one = f32x4.splat(1)
  if (hard) return v128.and(v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.lt(y, one)), f32x4.splat(0.2))
  return f32x4.mul(y, f32x4.sub(one, y))
}

/** `gates` holds x W + b and gets the activated gates; h and c get their blocks 1 … steps. */
export function lstm(gates: usize, recurrent: usize, h: usize, c: usize, batch: i32, from: i32, to: i32, steps: i32, units: i32, hard: i32, scratch: usize): void {
  const width = 4 * units, packed = scratch + <usize>productScratch(), state = <usize>units << 2, line = <usize>width << 2
  const stateBlock = <usize>batch * state, gateBlock = <usize>batch * line
  packMatrix(recurrent, width, 1, units, width, packed)
  let z = gates + <usize>from * line, hBefore = h + <usize>from * state, cBefore = c + <usize>from * state
  for (let t = 0; t < steps; t++, z += gateBlock, hBefore += stateBlock, cBefore += stateBlock) {
    productWithPacked(hBefore, units, packed, z, width, to - from, width, units, true, scratch)
    for (let i = from, row = z, at: usize = 0; i < to; i++, row += line, at += state) step(row, cBefore + at, cBefore + at + stateBlock, hBefore + at + stateBlock, units, hard)
  }
}

function step(row: usize, cBefore: usize, cAfter: usize, hAfter: usize, units: i32, hard: i32): void {
  const next = <usize>units << 2, forget = row + next, cell = forget + next, output = cell + next
  for (let left = units, k: usize = 0; left > 0; left -= 4, k += 16) {
    const i = gate(loadFirst(row + k, left), hard), f = gate(loadFirst(forget + k, left), hard)
    const g = tanh4(loadFirst(cell + k, left)), o = gate(loadFirst(output + k, left), hard)
    const c = madd(f, loadFirst(cBefore + k, left), f32x4.mul(i, g))
    storeFirst(row + k, left, i)
    storeFirst(forget + k, left, f)
    storeFirst(cell + k, left, g)
    storeFirst(output + k, left, o)
    storeFirst(cAfter + k, left, c)
    storeFirst(hAfter + k, left, f32x4.mul(o, tanh4(c)))
  }
}

/**
 * Back through the sequence. `gates` holds the activated gates and gets dz. `dh`: gradients by the states of every step, [steps][batch][units], or 0. `dhState` and
 * `dcState`, [batch][units]: hold the gradients by the last state and get those by the initial state.
 */
export function lstmGradient(
  gates: usize, recurrent: usize, c: usize, dh: usize, dhState: usize, dcState: usize, batch: i32, from: i32, to: i32, steps: i32, units: i32, hard: i32, scratch: usize,
): void {
  const width = 4 * units, packed = scratch + <usize>productScratch(), state = <usize>units << 2, line = <usize>width << 2
  packMatrix(recurrent, 1, width, width, units, packed)
  const first = <usize>from * state
  for (let t = steps - 1; t >= 0; t--) {
    const block = <usize>(t * batch) * state, z = gates + <usize>(t * batch + from) * line
    for (let i = from, row = z, at = first; i < to; i++, row += line, at += state) {
      const before = c + block + at
      stepBack(row, before, before + <usize>batch * state, dh ? dh + block + at : 0, dhState + at, dcState + at, units, hard)
    }
    productWithPacked(z, width, packed, dhState + first, units, to - from, units, width, false, scratch)
  }
}

function stepBack(row: usize, cBefore: usize, cAfter: usize, dh: usize, dhState: usize, dcState: usize, units: i32, hard: i32): void {
  const next = <usize>units << 2, forget = row + next, cell = forget + next, output = cell + next, one = f32x4.splat(1)
  for (let left = units, k: usize = 0; left > 0; left -= 4, k += 16) {
    const i = loadFirst(row + k, left), f = loadFirst(forget + k, left), g = loadFirst(cell + k, left), o = loadFirst(output + k, left)
    const d = flushed(dh ? f32x4.add(loadFirst(dhState + k, left), loadFirst(dh + k, left)) : loadFirst(dhState + k, left))
    const bent = tanh4(loadFirst(cAfter + k, left))
    const dc = flushed(madd(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(bent, bent)), loadFirst(dcState + k, left)))
    storeFirst(row + k, left, f32x4.mul(f32x4.mul(dc, g), gateSlope(i, hard)))
    storeFirst(forget + k, left, f32x4.mul(f32x4.mul(dc, loadFirst(cBefore + k, left)), gateSlope(f, hard)))
    storeFirst(cell + k, left, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))))
    storeFirst(output + k, left, f32x4.mul(f32x4.mul(d, bent), gateSlope(o, hard)))
    storeFirst(dcState + k, left, f32x4.mul(dc, f))
  }
}
