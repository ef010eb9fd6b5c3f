import { toErrorData } from '#shared/errors.ts'
import { expected } from './expected.ts'
import { networkKinds, type NetworkKind } from './networks.ts'
import { trainStep } from './train-step.ts'

/** Largest error of a gradient as a share of its length that single precision explains. */
const TOLERANCE = 1e-4

/** What a backend can train, and why not the rest. */
export type SelfTest = {
  readonly trains: readonly NetworkKind[]
  /** In words, per kind of network that it fails. */
  readonly failures: Readonly<Partial<Record<NetworkKind, string>>>
  /** Whether something was computed wrongly, which makes all else doubtful; a kernel that is missing is no such thing. */
  readonly lies: boolean
}

/** Takes a training step of every kind of network on the backend that runs on this thread and compares it with what is stored. */
export async function selfTest(): Promise<SelfTest> {
  const trains: NetworkKind[] = []
  const failures: Partial<Record<NetworkKind, string>> = {}
  let lies = false
  for (const kind of networkKinds) {
    const failure = await failureOf(kind)
    if (failure === undefined) trains.push(kind)
    else failures[kind] = failure.why
    lies ||= failure?.wrong === true
  }
  return { trains, failures, lies }
}

async function failureOf(kind: NetworkKind): Promise<{ readonly why: string; readonly wrong: boolean } | undefined> {
  try {
    const { loss, gradients } = await trainStep(kind)
    const wanted = expected[kind]
    const worst = Object.entries(wanted.gradients).map(([name, values]) => ({ name, error: relativeError(gradients[name] ?? [], values) }))
    worst.push({ name: 'loss', error: relativeError([loss], [wanted.loss]) })
    const wrong = worst.find(({ error }) => !(error < TOLERANCE))
    return wrong === undefined ? undefined : { why: `${wrong.name} differs from what is right by ${wrong.error.toExponential(1)} of its size`, wrong: true }
  } catch (error) {
    const { message } = toErrorData(error)
    const [, kernel] = /^Kernel '(\w+)' not registered/.exec(message) ?? []
    return { why: kernel === undefined ? message : `its package has no ${kernel}`, wrong: false }
  }
}

/** Length of the difference over the length of what is right; NaN where the values are of another number or not finite. */
export function relativeError(got: readonly number[], right: readonly number[]): number {
  if (got.length !== right.length) return Number.NaN
  let [difference, size] = [0, 0]
  right.forEach((value, i) => {
    difference += ((got[i] ?? Number.NaN) - value) ** 2
    size += value ** 2
  })
  return Math.sqrt(difference / size)
}
