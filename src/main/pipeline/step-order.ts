import type { PipelineStep } from '#shared/domain/pipeline.ts'

type Node = Pick<PipelineStep, 'id' | 'needs'>

/** Ids along one circle of `needs`, each needing the next; undefined where there is none. */
export function findCycle(steps: readonly Node[]): readonly string[] | undefined {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const done = new Set<string>()
  const visit = (id: string, trail: readonly string[]): readonly string[] | undefined => {
    const start = trail.indexOf(id)
    if (start >= 0) return trail.slice(start)
    if (done.has(id)) return undefined
    for (const need of byId.get(id)?.needs ?? []) {
      const cycle = visit(need, [...trail, id])
      if (cycle !== undefined) return cycle
    }
    done.add(id)
    return undefined
  }
  for (const step of steps) {
    const cycle = visit(step.id, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** Steps in an order where each comes after all that it needs; otherwise as the file has them. There is no cycle. */
export function inOrder<S extends Node>(steps: readonly S[]): readonly S[] {
  const ordered: S[] = []
  const placed = new Set<string>()
  while (ordered.length < steps.length) {
    const next = steps.find((step) => !placed.has(step.id) && step.needs.every((need) => placed.has(need)))
    if (next === undefined) throw new Error('The steps need each other in a circle, or a step that is not there')
    ordered.push(next)
    placed.add(next.id)
  }
  return ordered
}
