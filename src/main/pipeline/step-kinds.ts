import type { StepKind } from '../stages/step-kind.ts'
import { workerUrl } from '#shared/worker-url.ts'

/** The built-in list of step kinds. */
export const builtInRegistry = workerUrl('../stages/index.ts', import.meta.url)

/** Step kinds by id, from a module that exports `stepKinds`; worker threads import the same module. */
export async function loadStepKinds(registry: URL = builtInRegistry): Promise<ReadonlyMap<string, StepKind>> {
  const module = (await import(registry.href)) as { stepKinds: readonly StepKind[] }
  const kinds = new Map(module.stepKinds.map((kind) => [kind.id, kind]))
  if (kinds.size !== module.stepKinds.length) throw new Error(`Two step kinds have the same id in ${registry.href}`)
  return kinds
}
