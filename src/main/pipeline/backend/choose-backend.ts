import { MillraceError } from '#shared/errors.ts'
import { backendIds, type BackendId, type BackendWish } from '../../compute/backend.ts'
import type { NetworkKind } from '../../compute/self-test/networks.ts'
import type { BackendCheck } from './check.ts'
import { kindsInWords } from './check-in-words.ts'
import type { CheckBackend } from './known-checks.ts'

/** Who decides what a step computes on. */
export type BackendPin = { readonly wish: BackendWish; /** Where it is written, in words. */ readonly by: string }

/** What a step computes on, and why. */
export type BackendChoice = { readonly id: BackendId; readonly device: string; readonly why: string }

/** Why a backend is not taken; undefined: it is. */
function refusalOf({ outcome, trains, device, found }: BackendCheck, needs: readonly NetworkKind[], pinned: boolean): string | undefined {
  if (outcome === 'absent') return 'not here'
  if (outcome === 'failed') return `failed its self-test: ${found}`
  const lacking = needs.filter((kind) => !trains.includes(kind))
  if (lacking.length > 0) return `cannot train ${kindsInWords(lacking)}`
  return device?.kind === 'software' && !pinned ? 'a driver that computes on the processor, slower than wasm' : undefined
}

/** The order in which backends are tried. TensorFlow's library without a card comes behind a card that something else uses. */
async function ladder(check: CheckBackend): Promise<readonly BackendId[]> {
  const { device } = await check('tensorflow')
  if (device?.kind !== 'processor') return backendIds
  return ['webgpu', 'tensorflow', ...backendIds.filter((id) => id !== 'webgpu' && id !== 'tensorflow')]
}

/** Name of a device with its driver. */
export function deviceInWords({ device }: Pick<BackendCheck, 'device'>): string {
  if (device === null) return ''
  return `${device.name}${device.driver === '' ? '' : ` (${device.driver})`}`
}

/**
 * What a step that trains such networks computes on: what is pinned, or the first of the ladder that passes its self-test; a graphics card in software only
 * where it is pinned. Throws MillraceError `unsupported` where what is pinned does not work, or nothing does.
 */
export async function chooseBackend(needs: readonly NetworkKind[], { wish, by }: BackendPin, check: CheckBackend): Promise<BackendChoice> {
  if (wish !== 'auto') {
    const found = await check(wish)
    const refusal = refusalOf(found, needs, true)
    if (refusal === undefined) return { id: wish, device: deviceInWords(found), why: `${by} says so` }
    throw new MillraceError({
      code: 'unsupported',
      headline: `The backend ${wish} does not work here`,
      message: `${by} says \`backend: ${wish}\`. ${found.outcome === 'passed' ? `It ${refusal}.` : found.found}`,
      nextStep: `Say \`backend: auto\`, which takes what works. ${found.nextStep}`.trim(),
      details: { value: wish },
    })
  }
  const passed: string[] = []
  for (const id of await ladder(check)) {
    const found = await check(id)
    const refusal = refusalOf(found, needs, false)
    if (refusal === undefined) return { id, device: deviceInWords(found), why: `the first that passes its self-test${passed.length === 0 ? '' : `; ${passed.join('; ')}`}` }
    passed.push(`${id}: ${refusal}`)
  }
  throw new MillraceError({
    code: 'unsupported',
    headline: 'Nothing here trains such networks',
    message: passed.join('; '),
    nextStep: 'See `millrace devices --self-test`.',
  })
}
