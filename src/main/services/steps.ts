import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import { suggestion } from '../base/did-you-mean.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { stepKinds } from '../stages/index.ts'

/** One parameter of a step kind, from its schema. */
export type StepParameter = {
  readonly name: string
  /** In words, e.g. "number", "one of auto, none", "list of string". */
  readonly type: string
  readonly required: boolean
  /** Undefined where there is none. */
  readonly default: unknown
  readonly help: string
}

/** A step kind as the pipeline file may use it. */
export type StepKindInfo = {
  readonly id: string
  readonly label: string
  readonly help: string
  readonly inputs: readonly { readonly name: string; readonly kind: string; readonly optional: boolean }[]
  /** Optional ones are made where parameters ask for them. */
  readonly outputs: readonly { readonly name: string; readonly kind: string; readonly optional: boolean }[]
  readonly parameters: readonly StepParameter[]
}

const jsonTypeSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
})

const parametersSchema = z.looseObject({
  properties: z.record(z.string(), jsonTypeSchema).default({}),
  required: z.array(z.string()).default([]),
})

function typeInWords(schema: unknown): string {
  const type = jsonTypeSchema.safeParse(schema).data ?? {}
  if (type.enum !== undefined) return `one of ${type.enum.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')}`
  if (type.const !== undefined) return typeof type.const === 'string' ? type.const : JSON.stringify(type.const)
  if (type.anyOf !== undefined) return type.anyOf.map(typeInWords).join(' or ')
  if (type.type === 'array') return type.items === undefined ? 'list' : `list of ${typeInWords(type.items)}`
  if (type.type === 'object') return 'mapping'
  return Array.isArray(type.type) ? type.type.join(' or ') : (type.type ?? 'any')
}

function describeKind(kind: StepKind): StepKindInfo {
  const schema = parametersSchema.parse(z.toJSONSchema(kind.params, { io: 'input', unrepresentable: 'any' }))
  return {
    id: kind.id,
    label: kind.label,
    help: kind.help,
    inputs: Object.entries(kind.inputs).map(([name, input]) => ({ name, kind: input.kind, optional: input.optional === true })),
    outputs: [
      ...Object.entries(kind.outputs).map(([name, output]) => ({ name, kind: output, optional: false })),
      ...Object.entries(kind.optionalOutputs ?? {}).map(([name, output]) => ({ name, kind: output.kind, optional: true })),
    ],
    parameters: Object.entries(schema.properties).map(([name, property]) => ({
      name,
      type: typeInWords(property),
      required: schema.required.includes(name),
      default: property.default,
      help: property.description ?? '',
    })),
  }
}

/** Every step kind with its parameters, or the one asked for; throws `not-found` with the nearest id. */
export function listStepKinds(id?: string): readonly StepKindInfo[] {
  if (id === undefined) return stepKinds.map(describeKind)
  const kind = stepKinds.find((candidate) => candidate.id === id)
  if (kind !== undefined) return [describeKind(kind)]
  throw new MillraceError({
    code: 'not-found',
    headline: `There is no step kind "${id}"${suggestion(id, stepKinds.map((candidate) => candidate.id))}`,
    nextStep: 'List them all with: millrace steps',
  })
}
