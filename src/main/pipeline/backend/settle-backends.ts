import { toErrorData, type ErrorData } from '#shared/errors.ts'
import type { BackendId, BackendWish } from '../../compute/backend.ts'
import { forgetOwnDriverUsesAtExit } from '../../compute/backends/driver-use.ts'
import { callsDriver } from '../../compute/backends/index.ts'
import type { Plan, PlannedStep } from '../plan.ts'
import { chooseBackend, type BackendChoice, type BackendPin } from './choose-backend.ts'
import { knownChecks, type CheckBackend } from './known-checks.ts'

/** What a step computes on, or why that cannot be had; a step whose outputs are reused needs it only for their key. */
export type SettledBackend = { readonly id: BackendId; readonly choice: BackendChoice } | { readonly id: BackendId | 'none'; readonly problem: ErrorData }

/** What the step says goes before what the pipeline file says, and that before what the project says. */
function pinOf(plan: Plan, step: PlannedStep, project: BackendWish): BackendPin {
  if (step.computes !== undefined && step.computes.wish !== 'auto') return { wish: step.computes.wish, by: `The step "${step.id}"` }
  return plan.backend === 'auto' ? { wish: project, by: 'The project' } : { wish: plan.backend, by: 'The pipeline file' }
}

/** A plan whose steps know what they compute on; `project` is what the settings of the project say. Costs nothing where no step trains a neural network; else a self-test where none was remembered. */
export async function settleBackends(plan: Plan, project: BackendWish, check: CheckBackend = knownChecks()): Promise<Plan> {
  const steps: PlannedStep[] = []
  for (const step of plan.steps) steps.push(step.computes === undefined ? step : { ...step, backend: await settle(pinOf(plan, step, project), step.computes.networks, check) })
  return { ...plan, steps }
}

async function settle(pin: BackendPin, networks: Parameters<typeof chooseBackend>[0], check: CheckBackend): Promise<SettledBackend> {
  try {
    const choice = await chooseBackend(networks, pin, check)
    if (callsDriver(choice.id)) forgetOwnDriverUsesAtExit()
    if (choice.id === 'tensorflow') process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2' // the library reads it from its process, whose threads cannot set it: warnings and errors only
    return { id: choice.id, choice }
  } catch (error) {
    return { id: pin.wish === 'auto' ? 'none' : pin.wish, problem: toErrorData(error) }
  }
}

/** What is said of the choice in the run's log. */
export function choiceInWords({ id, device, why }: BackendChoice): string {
  return `Neural networks compute on ${id}, ${device}: ${why}.`
}
