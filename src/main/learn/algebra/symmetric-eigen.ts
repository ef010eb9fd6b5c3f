import { tridiagonalise } from './tridiagonal.ts'

/** Eigenvalues, largest first, and their unit vectors: component k is the k-th run of n numbers in `vectors`. */
export type Eigen = { readonly values: Float64Array; readonly vectors: Float64Array }

/** One implicit QL step on rows `l … m`; returns the new small element. */
function sweep(z: Float64Array, n: number, d: Float64Array, e: Float64Array, l: number, m: number, dl1: number): number {
  let p = d[m] as number
  let [c, c2, c3] = [1, 1, 1]
  const el1 = e[l + 1] as number
  let [s, s2] = [0, 0]
  for (let i = m - 1; i >= l; i--) {
    c3 = c2
    c2 = c
    s2 = s
    const g = c * (e[i] as number)
    const h = c * p
    const r = Math.hypot(p, e[i] as number)
    e[i + 1] = s * r
    s = (e[i] as number) / r
    c = p / r
    p = c * (d[i] as number) - s * g
    d[i + 1] = h + s * (c * g + s * (d[i] as number))
    for (let k = 0; k < n; k++) {
      const at = k * n + i
      const right = z[at + 1] as number
      z[at + 1] = s * (z[at] as number) + c * right
      z[at] = c * (z[at] as number) - s * right
    }
  }
  p = (-s * s2 * c3 * el1 * (e[l] as number)) / dl1
  e[l] = s * p
  d[l] = c * p
  return Math.abs(e[l])
}

/** Diagonalises in place by implicit QL. EISPACK's tql2 (Bowdler, Martin, Reinsch and Wilkinson, 1968) in the form of JAMA. */
function diagonalise(z: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  e.copyWithin(0, 1)
  e[n - 1] = 0
  let [f, tst1] = [0, 0]
  for (let l = 0; l < n; l++) {
    tst1 = Math.max(tst1, Math.abs(d[l] as number) + Math.abs(e[l] as number))
    const small = Number.EPSILON * tst1
    let m = l
    while (m < n - 1 && Math.abs(e[m] as number) > small) m++
    for (let left = m > l ? 1 : 0; left > 0; ) {
      const g = d[l] as number
      const p = ((d[l + 1] as number) - g) / (2 * (e[l] as number))
      const r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1)
      d[l] = (e[l] as number) / (p + r)
      d[l + 1] = (e[l] as number) * (p + r)
      const h = g - (d[l] as number)
      for (let i = l + 2; i < n; i++) (d[i] as number) -= h
      f += h
      if (sweep(z, n, d, e, l, m, d[l + 1] as number) <= small) left = 0
    }
    ;(d[l] as number) += f
    e[l] = 0
  }
}

/** Turns a vector so that its entry of largest size, the first of equals, is positive: eigenvectors have no sign of their own. */
export function fixSign(vector: Float64Array): void {
  let largest = 0
  for (let i = 0; i < vector.length; i++) if (Math.abs(vector[i] as number) > Math.abs(largest) * (1 + 1e-9)) largest = vector[i] as number
  if (largest < 0) for (let i = 0; i < vector.length; i++) vector[i] = -(vector[i] as number)
}

/** Eigenvalues and eigenvectors of a symmetric n × n matrix of finite numbers, row after row. Time n³. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) }
  const z = matrix.slice()
  const { diagonal, beside } = tridiagonalise(z, n)
  diagonalise(z, n, diagonal, beside)
  const order = Int32Array.from({ length: n }, (_, k) => k).sort((a, b) => (diagonal[b] as number) - (diagonal[a] as number))
  const vectors = new Float64Array(n * n)
  order.forEach((column, k) => {
    const own = vectors.subarray(k * n, (k + 1) * n)
    for (let i = 0; i < n; i++) own[i] = z[i * n + column] as number
    fixSign(own)
  })
  return { values: Float64Array.from(order, (column) => diagonal[column] as number), vectors }
}
