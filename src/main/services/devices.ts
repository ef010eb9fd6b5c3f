import { toErrorData } from '#shared/errors.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { backendIds, type BackendId, type BackendWish } from '../compute/backend.ts'
import { networkKinds } from '../compute/self-test/networks.ts'
import type { BackendCheck } from '../pipeline/backend/check.ts'
import { chooseBackend, deviceInWords } from '../pipeline/backend/choose-backend.ts'
import { freshChecks, knownChecks, type CheckBackend } from '../pipeline/backend/known-checks.ts'
import { changeProjectSettings, type ProjectSettings } from '../store/project-settings.ts'
import { withProject } from './projects.ts'
import { graphicsCards, type GraphicsCard } from './graphics-cards.ts'

/** A way to compute, and whether it works here. */
export type Backend = {
  readonly id: BackendId
  readonly available: boolean
  readonly selfTest: 'passed' | 'failed' | 'not run'
  /** In words: why it is available or not, and what it can train. */
  readonly reason: string
  /** What gets it going where it does not; may be empty. */
  readonly nextStep: string
  /** When it was tried, in milliseconds since 1970. */
  readonly testedAt: number
  /** `memoryBytes` is what one step may use of it; null where nobody tells. `threads` of this machine; 0: it computes by itself. */
  readonly devices: readonly { readonly name: string; readonly memoryBytes: number | null; readonly threads: number }[]
}

/** What this machine computes with; graphics cards first. */
export type Devices = {
  /** What neural networks are trained by where neither the step nor the pipeline names another; null where nothing trains them all. */
  readonly chosen: BackendId | null
  /** Why that one, in words. */
  readonly why: string
  readonly backends: readonly Backend[]
  readonly cards: readonly GraphicsCard[]
}

/** A card's memory is known where it is the only one, or the only one of its name. */
function memoryOf({ device }: BackendCheck, cards: readonly GraphicsCard[]): number | null {
  if (device === null) return null
  if (device.kind !== 'gpu') return Math.floor(memoryBudget())
  const alike = cards.length === 1 ? cards : cards.filter(({ name }) => device.name.includes(name) || name.includes(device.name))
  return device.memoryBytes ?? (alike.length === 1 ? (alike[0]?.memoryBytes ?? null) : null)
}

function backendOf(id: BackendId, check: BackendCheck, cards: readonly GraphicsCard[]): Backend {
  const { outcome, device, found, nextStep, at } = check
  const software = device?.kind === 'software' ? ', a driver that computes on the processor' : ''
  const use = outcome === 'passed' && software !== '' ? ' It is slower than wasm, so it is used only where a step or a pipeline file says so.' : ''
  return {
    id,
    available: outcome === 'passed',
    selfTest: outcome === 'absent' ? 'not run' : outcome,
    reason: `${found}${use}`,
    nextStep,
    testedAt: at,
    devices: device === null ? [] : [{ name: `${deviceInWords(check)}${software}`, memoryBytes: memoryOf(check, cards), threads: device.threads }],
  }
}

/** What this machine computes with: what was found before, or where `anew` is set, each backend tried again, one after the other. */
export async function listDevices({ anew = false, check = anew ? freshChecks() : knownChecks() }: { readonly anew?: boolean; readonly check?: CheckBackend } = {}): Promise<Devices> {
  const cards = await graphicsCards()
  const checks = new Map<BackendId, BackendCheck>()
  for (const id of backendIds) checks.set(id, await check(id))
  const known: CheckBackend = (id) => Promise.resolve(checks.get(id) as BackendCheck)
  const choice = await chooseBackend(networkKinds, { wish: 'auto', by: '' }, known).catch((error: unknown) => ({ id: null, why: toErrorData(error).message }))
  return { chosen: choice.id, why: choice.why, backends: [...checks].map(([id, found]) => backendOf(id, found, cards)), cards }
}

/** Pins what neural networks of a project compute on, where neither a step nor its pipeline file says so; `auto` takes the pin away. */
export function pinBackend(projectFolder: string, backend: BackendWish): Promise<ProjectSettings> {
  return withProject(projectFolder, ({ path }) => changeProjectSettings(path, { backend }))
}
