import { add, div, keep, mul, sqrt, square, sub, tensor, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './run-kernel.ts'

/** Settings of AdamW; the rate of a step is given with the step. */
export type AdamSettings = { readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly weightDecay: number }

/** Where AdamW is: first and second moments of every parameter, in their order, and the steps taken. */
export type AdamState = { readonly first: readonly Float32Array[]; readonly second: readonly Float32Array[]; readonly steps: number }

/** Weights on the device, and how they learn. */
export type Optimiser = {
  /** The weights as they are now, in the order in which they were given; not to be kept over a step. */
  weights(): readonly Tensor[]
  /** Moves every weight against its gradient. */
  step(gradients: readonly Tensor[], rate: number): void
  /** Copies of the weights, and of the moments. */
  save(): Promise<{ readonly weights: readonly Float32Array[]; readonly adam: AdamState }>
  /** Frees what lies on the device. */
  close(): void
}

type Slot = { weight: Tensor; first: Tensor; second: Tensor; readonly decays: boolean }

/** What a parameter starts with. */
export type StartingWeight = { readonly values: Float32Array; readonly shape: readonly number[]; readonly decays: boolean }

/** AdamW (Loshchilov and Hutter 2019) from given weights, and from a state where training goes on. */
export function adamW(start: readonly StartingWeight[], settings: AdamSettings, state?: AdamState): Optimiser {
  const { beta1, beta2, epsilon, weightDecay } = settings
  const moment = (values: Float32Array | undefined, shape: readonly number[]): Tensor => (values === undefined ? zeros([...shape]) : tensor(values, [...shape]))
  const made = tidy(() =>
    start.map(({ values, shape }, i) => ({ weight: tensor(values, [...shape], 'float32'), first: moment(state?.first[i], shape), second: moment(state?.second[i], shape) })),
  )
  // Kept once all are there: a device without room for the last has none of the others either.
  const slots: readonly Slot[] = made.map(({ weight, first, second }, i) => ({ weight: keep(weight), first: keep(first), second: keep(second), decays: start[i]?.decays === true }))
  let steps = state?.steps ?? 0
  return {
    weights: () => slots.map(({ weight }) => weight),
    step(gradients, rate) {
      steps++
      const attributes = { rate, beta1, beta2, epsilon, correction1: 1 / (1 - beta1 ** steps), correction2: 1 / (1 - beta2 ** steps) }
      const inPlace = hasKernel('AdamW')
      slots.forEach((slot, i) => {
        const gradient = gradients[i]
        if (gradient === undefined) throw new Error(`${String(gradients.length)} gradients for ${String(slots.length)} weights`)
        const decay = slot.decays ? weightDecay : 0
        if (inPlace) runKernel('AdamW', { weight: slot.weight, first: slot.first, second: slot.second, gradient }, { ...attributes, decay })
        else replace(slot, gradient, { ...attributes, decay })
      })
    },
    async save() {
      const copy = async (of: (slot: Slot) => Tensor): Promise<readonly Float32Array[]> => Promise.all(slots.map(async (slot) => Float32Array.from(await of(slot).data())))
      return { weights: await copy(({ weight }) => weight), adam: { first: await copy(({ first }) => first), second: await copy(({ second }) => second), steps } }
    },
    close() {
      for (const { weight, first, second } of slots) for (const tensor of [weight, first, second]) tensor.dispose()
    },
  }
}

type Step = Omit<AdamSettings, 'weightDecay'> & { readonly rate: number; readonly correction1: number; readonly correction2: number; readonly decay: number }

/** The same step by the operations that every backend has. */
function replace(slot: Slot, gradient: Tensor, { rate, beta1, beta2, epsilon, correction1, correction2, decay }: Step): void {
  const [weight, first, second] = tidy((): Tensor[] => {
    const first = add(mul(slot.first, beta1), mul(gradient, 1 - beta1))
    const second = add(mul(slot.second, beta2), mul(square(gradient), 1 - beta2))
    const move = div(mul(first, correction1), add(sqrt(mul(second, correction2)), epsilon))
    return [sub(mul(slot.weight, 1 - rate * decay), mul(move, rate)), first, second]
  }) as [Tensor, Tensor, Tensor]
  for (const old of [slot.weight, slot.first, slot.second]) old.dispose()
  Object.assign(slot, { weight: keep(weight), first: keep(first), second: keep(second) })
}
