import type { Iteration } from '#shared/domain/measurement.ts'
import { forPart, type FitContext, type IterationPoint } from '../../learn/fit-context.ts'
import type { ModelDescription } from '../../learn/estimator.ts'
import { applyRecipe } from '../../learn/recipe/index.ts'
import { drawSamples, estimatorOf, summariseTarget, type Lineage, type Member, type Model } from '../../learn/model/index.ts'
import { prepare, type Choice, type TrainingSet } from '../../learn/tuning/index.ts'

type Fitted = { readonly member: Member; readonly label: string; readonly description: ModelDescription }

async function fitMember(set: TrainingSet, { part, weight }: Choice['members'][number], ctx: FitContext): Promise<Fitted> {
  const { estimator, params, label } = part
  const { recipe, matrix } = prepare(set, estimator.accepts, ctx.rng.fork('recipe'))
  const validation = set.validation && { matrix: applyRecipe(recipe, set.validation.table), target: set.validation.target }
  const state = await estimator.fit(matrix, set.target, params, validation === undefined ? ctx : { ...ctx, validation })
  const member = { weight, recipe, estimator: { id: estimator.id, version: estimator.version, params }, state }
  return { member, label, description: estimator.describe(state, matrix.columns) }
}

function importanceOf(fitted: readonly Fitted[]): Model['importance'] {
  const merged = new Map<string, Model['importance'][number]>()
  for (const { member, description } of fitted) {
    for (const { column, source, value } of description.importance) {
      const known = merged.get(`${source}\n${column}`)
      merged.set(`${source}\n${column}`, { column, source, value: (known?.value ?? 0) + value * member.weight })
    }
  }
  return [...merged.values()].toSorted((a, b) => b.value - a.value)
}

function summaryOf(fitted: readonly Fitted[]): string {
  if (fitted.length === 1) return fitted[0]?.description.summary ?? ''
  return fitted.map(({ member, label, description }) => `${Math.round(member.weight * 100)} % ${label} (${description.summary})`).join(' + ')
}

function judgedBy({ validation }: TrainingSet): string {
  return validation === undefined ? '' : `; judged by ${validation.table.rows.toLocaleString('en')} validation rows while it learnt`
}

/** Fits what was chosen on all training rows, with everything that is to be known about the model; `onIteration` hears learners that go in rounds. */
export async function fitModel(set: TrainingSet, choice: Choice, lineage: Lineage, ctx: FitContext, onIteration?: (iteration: Iteration) => void): Promise<Model> {
  const fitted: Fitted[] = []
  for (const [index, share] of choice.members.entries()) {
    const progress = (fraction: number, message?: string) => {
      ctx.progress((index + fraction) / choice.members.length, message)
    }
    const iteration = onIteration === undefined ? {} : { iteration: (point: IterationPoint) => onIteration({ kind: 'iteration', learner: share.part.label, ...point }) }
    fitted.push(await fitMember(set, share, { ...forPart(ctx, `member ${index}`), progress, ...iteration }))
  }
  const members = fitted.map(({ member }) => member)
  const model: Model = {
    goal: set.goal,
    classes: set.target.kind === 'classes' ? set.target.classes : [],
    members,
    estimator: estimatorOf(members),
    summary: `${summaryOf(fitted)}${judgedBy(set)}`,
    importance: importanceOf(fitted),
    rows: set.table.rows,
    baseline: summariseTarget(set.target),
    validation: choice.validation,
    samples: [],
    lineage,
  }
  return { ...model, samples: await drawSamples(model, set.table) }
}
