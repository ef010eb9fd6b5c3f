const f = Math.fround

/** exp(x) in float32, step by step as the kernel takes it. */
export function referenceExp(x: number): number {
  const t = f(Math.min(Math.max(f(x), -80), 80) * f(1.44269504))
  const whole = Math.floor(t)
  const z = f(t - whole)
  let q = f(f(0.00133336) + f(z * f(0.00015469)))
  for (const c of [0.00961813, 0.05550411, 0.24022651, 0.69314718, 1]) q = f(f(c) + f(z * q))
  return f(q * 2 ** whole)
}

/** Rounds to the nearest integer, halves to the even one, as the kernels do. */
export function roundEven(x: number): number {
  const low = Math.floor(x)
  const part = x - low
  return part < 0.5 ? low : part > 0.5 ? low + 1 : low % 2 === 0 ? low : low + 1
}

/** A gradient and a hessian in fixed point. */
export type Pair = { readonly g: number; readonly h: number }

/** Both in fixed point from a probability and what was true (0 or 1). */
export function pairOf(p: number, y: number, gScale: number, hScale: number): Pair {
  return { g: roundEven(f(f(p - y) * f(gScale))), h: roundEven(f(f(p * f(hScale)) * f(1 - p))) }
}

/** Binary log loss: probability of a raw score. */
export function referenceProbability(raw: number): number {
  return f(1 / f(1 + referenceExp(-raw)))
}

/** Softmax of one row. */
export function referenceSoftmax(raw: readonly number[]): readonly number[] {
  const top = Math.max(...raw)
  const powers = raw.map((score) => referenceExp(f(score - top)))
  const scale = f(1 / powers.reduce((sum, power) => f(sum + power), 0))
  return powers.map((power) => f(power * scale))
}
