// Gated recurrent unit (Cho et al. 2014) as tf.layers and Keras with reset_after = false compute it, over a whole sequence, for rows `from` … `to`−1 of the batch.
//
// Layouts, time before batch
//   gates      [steps][batch][3 · units], the gates in the order z, r, h
//   h          [steps + 1][batch][units]: block 0 is the initial state, which the host fills; block t + 1 the state after step t
//   resets     [steps][batch][units]: r h_{t−1}, which dU needs
//   recurrent  U, [units][3 · units]
//
// Step: z = σ(x_t W_z + b_z + h_{t−1} U_z);  r = σ(x_t W_r + b_r + h_{t−1} U_r);  n = tanh(x_t W_h + b_h + (r h_{t−1}) U_h);  h_t = z h_{t−1} + (1 − z) n, with σ the logistic sigmoid, or the
// hard one where `hard` is 1. The host computes x W + b of all steps as one product beforehand, and afterwards dx, dW, db and dU: [h_{0…steps−1}ᵀ · dz_{z,r}, resetsᵀ · dz_h].
import { tanh4 } from './functions'
import { flushed, loadFirst, madd, storeFirst } from './lanes'
import { gate, gateSlope } from './lstm'
import { packedBytes, packMatrix, productScratch, productWithPacked } from './product'

/** Bytes of scratch that `gru` and `gruGradient` take, per thread. */
export function gruScratch(units: i32): i32 {
  return productScratch() + <i32>(max(packedBytes(units, 2 * units), packedBytes(2 * units, units)) + packedBytes(units, units))
}

/** `gates` holds x W + b and gets the activated gates; h gets its blocks 1 … steps. */
export function gru(gates: usize, recurrent: usize, h: usize, resets: usize, batch: i32, from: i32, to: i32, steps: i32, units: i32, hard: i32, scratch: usize): void {
  const width = 3 * units, both = 2 * units, state = <usize>units << 2, line = <usize>width << 2, stateBlock = <usize>batch * state
  const packedGates = scratch + <usize>productScratch(), packedNew = packedGates + packedBytes(units, both), rows = to - from
  packMatrix(recurrent, width, 1, units, both, packedGates)
  packMatrix(recurrent + (<usize>both << 2), width, 1, units, units, packedNew)
  let z = gates + <usize>from * line, before = h + <usize>from * state, reset = resets + <usize>from * state
  for (let t = 0; t < steps; t++, z += <usize>batch * line, before += stateBlock, reset += stateBlock) {
    productWithPacked(before, units, packedGates, z, width, rows, both, units, true, scratch)
    for (let i = 0, row = z, at: usize = 0; i < rows; i++, row += line, at += state) openGates(row, before + at, reset + at, units, hard)
    productWithPacked(reset, units, packedNew, z + (<usize>both << 2), width, rows, units, units, true, scratch)
    for (let i = 0, row = z, at: usize = 0; i < rows; i++, row += line, at += state) renew(row, before + at, before + at + stateBlock, units)
  }
}

function openGates(row: usize, before: usize, reset: usize, units: i32, hard: i32): void {
  const r = row + (<usize>units << 2)
  for (let left = units, k: usize = 0; left > 0; left -= 4, k += 16) {
    const kept = gate(loadFirst(r + k, left), hard)
    storeFirst(row + k, left, gate(loadFirst(row + k, left), hard))
    storeFirst(r + k, left, kept)
    storeFirst(reset + k, left, f32x4.mul(kept, loadFirst(before + k, left)))
  }
}

function renew(row: usize, before: usize, after: usize, units: i32): void {
  const fresh = row + (<usize>units << 3)
  for (let left = units, k: usize = 0; left > 0; left -= 4, k += 16) {
    const z = loadFirst(row + k, left), n = tanh4(loadFirst(fresh + k, left))
    storeFirst(fresh + k, left, n)
    storeFirst(after + k, left, madd(z, f32x4.sub(loadFirst(before + k, left), n), n))
  }
}

/**
 * Back through the sequence. `gates` holds the activated gates and gets dz. `dh`: gradients by the states of every step, [steps][batch][units], or 0. `dhState`, [batch][units]: holds
 * the gradient by the last state and gets that by the initial state. `aside`: [batch][units], for what lies between.
 */
export function gruGradient(
  gates: usize, recurrent: usize, h: usize, dh: usize, dhState: usize, aside: usize, batch: i32, from: i32, to: i32, steps: i32, units: i32, hard: i32, scratch: usize,
): void {
  const width = 3 * units, both = 2 * units, state = <usize>units << 2, line = <usize>width << 2, first = <usize>from * state, rows = to - from
  const packedGates = scratch + <usize>productScratch(), packedNew = packedGates + packedBytes(both, units)
  packMatrix(recurrent, 1, width, both, units, packedGates)
  packMatrix(recurrent + (<usize>both << 2), 1, width, units, units, packedNew)
  for (let t = steps - 1; t >= 0; t--) {
    const block = <usize>(t * batch) * state, z = gates + <usize>(t * batch + from) * line
    for (let i = 0, row = z, at = first; i < rows; i++, row += line, at += state) renewBack(row, h + block + at, dh ? dh + block + at : 0, dhState + at, units, hard)
    productWithPacked(z + (<usize>both << 2), width, packedNew, aside + first, units, rows, units, units, false, scratch)
    for (let i = 0, row = z, at = first; i < rows; i++, row += line, at += state) openGatesBack(row, h + block + at, aside + at, dhState + at, units, hard)
    productWithPacked(z, width, packedGates, dhState + first, units, rows, units, both, true, scratch)
  }
}

function renewBack(row: usize, before: usize, dh: usize, dhState: usize, units: i32, hard: i32): void {
  const fresh = row + (<usize>units << 3), one = f32x4.splat(1)
  for (let left = units, k: usize = 0; left > 0; left -= 4, k += 16) {
    const z = loadFirst(row + k, left), n = loadFirst(fresh + k, left)
    const d = flushed(dh ? f32x4.add(loadFirst(dhState + k, left), loadFirst(dh + k, left)) : loadFirst(dhState + k, left))
    storeFirst(row + k, left, f32x4.mul(f32x4.mul(d, f32x4.sub(loadFirst(before + k, left), n)), gateSlope(z, hard)))
    storeFirst(fresh + k, left, f32x4.mul(f32x4.mul(d, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n))))
    storeFirst(dhState + k, left, f32x4.mul(d, z))
  }
}

function openGatesBack(row: usize, before: usize, dReset: usize, dhState: usize, units: i32, hard: i32): void {
  const kept = row + (<usize>units << 2)
  for (let left = units, k: usize = 0; left > 0; left -= 4, k += 16) {
    const r = loadFirst(kept + k, left), d = loadFirst(dReset + k, left)
    storeFirst(kept + k, left, f32x4.mul(f32x4.mul(d, loadFirst(before + k, left)), gateSlope(r, hard)))
    storeFirst(dhState + k, left, madd(d, r, loadFirst(dhState + k, left)))
  }
}
