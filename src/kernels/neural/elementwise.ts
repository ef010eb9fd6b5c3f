// Functions of every element: y = f(x) for elements `from` … `to`−1; y may be x. Accuracies are said in functions.ts.
import { erf4, exp4, sigmoid4, tanh4 } from './functions'
import { loadFirst, storeFirst } from './lanes'

export function exponential(x: usize, y: usize, from: i32, to: i32): void {
  const base = <usize>from << 2
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) storeFirst(y + at, left, exp4(loadFirst(x + at, left)))
}

export function hyperbolicTangent(x: usize, y: usize, from: i32, to: i32): void {
  const base = <usize>from << 2
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) storeFirst(y + at, left, tanh4(loadFirst(x + at, left)))
}

export function sigmoid(x: usize, y: usize, from: i32, to: i32): void {
  const base = <usize>from << 2
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) storeFirst(y + at, left, sigmoid4(loadFirst(x + at, left)))
}

export function errorFunction(x: usize, y: usize, from: i32, to: i32): void {
  const base = <usize>from << 2
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) storeFirst(y + at, left, erf4(loadFirst(x + at, left)))
}
