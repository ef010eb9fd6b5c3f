import { stepIdSchema } from '#shared/domain/pipeline.ts'
import { MillraceError } from '#shared/errors.ts'
import { suggestion } from '../../base/did-you-mean.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import { idOf, needsOf, placeOf, stepAt, stepKeys, stepsOf, withKey, withNeeds, withStep, withSteps, type FileData } from './file-data.ts'
import { isRecord } from './render-yaml.ts'

type Kinds = ReadonlyMap<string, StepKind>
type Changed = { readonly data: FileData; readonly step: string | null }

/** A step of another kind after a step, or at the end; what hands on data goes between that step and those that wait for it. */
export function addStep(data: FileData, { uses, after, params }: { readonly uses: string; readonly after: string | null; readonly params: Readonly<Record<string, unknown>> }, kinds: Kinds): Changed {
  const kind = kinds.get(uses)
  if (kind === undefined) throw unknownKind(uses, kinds)
  const steps = stepsOf(data)
  const at = after === null ? steps.length - 1 : placeOf(data, after)
  const id = freeId(uses.split('/')[1] ?? uses, steps)
  const giver = idOf(steps[at])
  const needs = isSource(kind) || giver === '' ? [] : [giver]
  const step = { id, uses, ...(Object.keys(params).length === 0 ? {} : { with: params }) }
  const between = handsOn(kind) && giver !== ''
  // What others wait for is looked up before the new step comes between them.
  const waits = steps.map((_, index) => needsOf(data, index))
  const grown = withSteps(data, steps.toSpliced(at + 1, 0, step))
  const settled = waits.reduce<FileData>((changed, wanted, index) => {
    const place = index <= at ? index : index + 1
    const others = between && index !== at ? wanted.map((need) => (need === giver ? id : need)) : wanted
    return withStep(changed, place, isRecord(stepsOf(changed)[place]) ? withNeeds(changed, place, others) : stepAt(changed, place))
  }, grown)
  return { data: withStep(settled, at + 1, withNeeds(settled, at + 1, needs)), step: id }
}

/** The file without a step; those that waited for it wait for what it waited for. */
export function removeStep(data: FileData, key: string): Changed {
  const at = placeOf(data, key)
  const steps = stepsOf(data)
  const gone = idOf(steps[at])
  const own = needsOf(data, at)
  const waits = steps.map((_, index) => needsOf(data, index)).toSpliced(at, 1)
  const shrunk = withSteps(data, steps.toSpliced(at, 1))
  const mended = waits.reduce<FileData>((changed, wanted, index) => {
    if (!isRecord(stepsOf(changed)[index])) return changed
    const needs = gone === '' ? wanted : [...new Set(wanted.flatMap((need) => (need === gone ? own : [need])))]
    return withStep(changed, index, withNeeds(changed, index, needs))
  }, shrunk)
  const near = stepKeys(stepsOf(mended))
  return { data: mended, step: near[Math.min(at, near.length - 1)] ?? null }
}

/** The file with another id for a step, also where others wait for it or take its tables by name. */
export function renameStep(data: FileData, { step: key, id }: { readonly step: string; readonly id: string }, kinds: Kinds): Changed {
  const at = placeOf(data, key)
  const steps = stepsOf(data)
  const old = idOf(steps[at])
  const valid = stepIdSchema.safeParse(id)
  if (!valid.success) throw badId(id, 'A step is named with letters, digits, "-" and "_", at most 64.')
  if (id !== old && steps.some((step) => idOf(step) === id)) throw badId(id, `The pipeline has a step "${id}" already.`)
  const renamed = steps.map((step, index) => {
    if (!isRecord(step)) return step
    const own = index === at ? withKey(step, 'id', id) : step
    return old === '' ? own : withOtherName(own, { old, id, needs: needsOf(data, index) }, kinds)
  })
  return { data: withSteps(data, renamed), step: id }
}

type Renaming = { readonly old: string; readonly id: string; readonly needs: readonly string[] }

function withOtherName(step: Readonly<Record<string, unknown>>, { old, id, needs }: Renaming, kinds: Kinds): Readonly<Record<string, unknown>> {
  const given = step['needs']
  const wait = given === old ? withKey(step, 'needs', id) : Array.isArray(given) && given.includes(old) ? withKey(step, 'needs', given.map((need: unknown) => (need === old ? id : need))) : step
  const kind = kinds.get(String(step['uses']))
  if (kind?.namedInputs === undefined) return wait
  const params = isRecord(step['with']) ? step['with'] : {}
  const inputs = params['inputs']
  if (isRecord(inputs)) {
    const taken = Object.fromEntries(Object.entries(inputs).map(([name, source]) => [name, typeof source === 'string' && source.split('.')[0] === old ? id + source.slice(old.length) : source]))
    return withKey(wait, 'with', { ...params, inputs: taken })
  }
  // Its query names the table by the step's old id, so the table keeps that name.
  return needs.includes(old) ? withKey(wait, 'with', { ...params, inputs: Object.fromEntries(needs.map((need) => [need, need === old ? id : need])) }) : wait
}

function isSource(kind: StepKind): boolean {
  return Object.keys(kind.inputs).length === 0 && kind.namedInputs === undefined
}

/** True where what follows would take its data: it reads a dataset and gives one. */
function handsOn(kind: StepKind): boolean {
  const gives = Object.values(kind.outputs).includes('dataset')
  return gives && !isSource(kind)
}

function freeId(wanted: string, steps: readonly unknown[]): string {
  const taken = new Set(steps.map(idOf))
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}-${String(number)}`
    if (!taken.has(id)) return id
  }
}

function unknownKind(uses: string, kinds: Kinds): MillraceError {
  return new MillraceError({
    code: 'not-found',
    headline: `There is no step kind "${uses}"${suggestion(uses, [...kinds.keys()])}`,
    nextStep: 'Choose one from the list of step kinds.',
    details: { value: uses },
  })
}

function badId(id: string, message: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline: `A step cannot be named "${id}"`, message, nextStep: 'Choose another name.', details: { value: id } })
}
