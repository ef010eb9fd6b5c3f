/** A symmetric matrix as Z · T · Zᵀ with T tridiagonal. */
export type Tridiagonal = { readonly diagonal: Float64Array; readonly beside: Float64Array }

/** Householder vector of row `i`, in `d`; returns its h. */
function reflect(d: Float64Array, e: Float64Array, i: number, scale: number): number {
  let h = 0
  for (let k = 0; k < i; k++) {
    d[k] = (d[k] as number) / scale
    h += (d[k] as number) ** 2
  }
  const f = d[i - 1] as number
  const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h)
  e[i] = scale * g
  d[i - 1] = f - g
  return h - f * g
}

function reduceRow(z: Float64Array, n: number, d: Float64Array, e: Float64Array, i: number, h: number): void {
  e.fill(0, 0, i)
  for (let j = 0; j < i; j++) {
    const f = d[j] as number
    z[j * n + i] = f
    let g = (e[j] as number) + (z[j * n + j] as number) * f
    for (let k = j + 1; k < i; k++) {
      g += (z[k * n + j] as number) * (d[k] as number)
      ;(e[k] as number) += (z[k * n + j] as number) * f
    }
    e[j] = g
  }
  let f = 0
  for (let j = 0; j < i; j++) {
    e[j] = (e[j] as number) / h
    f += (e[j] as number) * (d[j] as number)
  }
  for (let j = 0; j < i; j++) (e[j] as number) -= (f / (h + h)) * (d[j] as number)
  for (let j = 0; j < i; j++) {
    const [p, q] = [d[j] as number, e[j] as number]
    for (let k = j; k < i; k++) (z[k * n + j] as number) -= p * (e[k] as number) + q * (d[k] as number)
    d[j] = z[(i - 1) * n + j] as number
    z[i * n + j] = 0
  }
}

function accumulate(z: Float64Array, n: number, d: Float64Array): void {
  for (let i = 0; i < n - 1; i++) {
    z[(n - 1) * n + i] = z[i * n + i] as number
    z[i * n + i] = 1
    const h = d[i + 1] as number
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = (z[k * n + i + 1] as number) / h
      for (let j = 0; j <= i; j++) {
        let g = 0
        for (let k = 0; k <= i; k++) g += (z[k * n + i + 1] as number) * (z[k * n + j] as number)
        for (let k = 0; k <= i; k++) (z[k * n + j] as number) -= g * (d[k] as number)
      }
    }
    for (let k = 0; k <= i; k++) z[k * n + i + 1] = 0
  }
  for (let j = 0; j < n; j++) {
    d[j] = z[(n - 1) * n + j] as number
    z[(n - 1) * n + j] = 0
  }
  z[n * n - 1] = 1
}

/**
 * Householder's reduction of the symmetric n × n matrix `z` (row after row), which is overwritten with Z. EISPACK's tred2 (Martin, Reinsch
 * and Wilkinson, 1968) in the form of JAMA.
 */
export function tridiagonalise(z: Float64Array, n: number): Tridiagonal {
  const d = z.slice((n - 1) * n)
  const e = new Float64Array(n)
  for (let i = n - 1; i > 0; i--) {
    let scale = 0
    for (let k = 0; k < i; k++) scale += Math.abs(d[k] as number)
    let h = 0
    if (scale === 0) {
      e[i] = d[i - 1] as number
      for (let j = 0; j < i; j++) {
        d[j] = z[(i - 1) * n + j] as number
        z[i * n + j] = 0
        z[j * n + i] = 0
      }
    } else {
      h = reflect(d, e, i, scale)
      reduceRow(z, n, d, e, i, h)
    }
    d[i] = h
  }
  accumulate(z, n, d)
  e[0] = 0
  return { diagonal: d, beside: e }
}
