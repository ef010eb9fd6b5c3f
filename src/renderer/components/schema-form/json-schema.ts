import { z } from 'zod'

/** The part of JSON Schema (2020-12) that forms are made of. */
export type JsonSchema = {
  readonly type?: string | readonly string[] | undefined
  readonly title?: string | undefined
  readonly description?: string | undefined
  /** Of numbers, e.g. "rows", "€". */
  readonly unit?: string | undefined
  readonly default?: unknown
  readonly enum?: readonly unknown[] | undefined
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[] | undefined
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: boolean | JsonSchema | undefined
  readonly items?: boolean | JsonSchema | undefined
  readonly prefixItems?: readonly JsonSchema[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly exclusiveMinimum?: number | undefined
  readonly exclusiveMaximum?: number | undefined
}

/** Reads a schema as it arrives; what is not understood is left out. */
export const jsonSchemaSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    unit: z.string().optional(),
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    anyOf: z.array(jsonSchemaSchema).optional(),
    properties: z.record(z.string(), jsonSchemaSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), jsonSchemaSchema]).optional(),
    items: z.union([z.boolean(), jsonSchemaSchema]).optional(),
    prefixItems: z.array(jsonSchemaSchema).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    exclusiveMaximum: z.number().optional(),
  }),
)

/** What kind of control a schema asks for. */
export type FieldKind = 'choice' | 'boolean' | 'number' | 'text' | 'scalar' | 'texts' | 'list' | 'group' | 'map' | 'either' | 'anything'

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'null'])

/** The control for a schema. */
export function fieldKind(schema: JsonSchema): FieldKind {
  if (schema.enum !== undefined) return 'choice'
  if (schema.anyOf !== undefined) return kindOfEither(schema.anyOf)
  if (Array.isArray(schema.type)) return 'scalar'
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type === 'number' || schema.type === 'integer') return 'number'
  if (schema.type === 'string' || schema.const !== undefined) return 'text'
  if (schema.type === 'array') return isListOfTexts(schema) ? 'texts' : 'list'
  if (schema.type === 'object') return schema.properties === undefined ? 'map' : 'group'
  return 'anything'
}

function kindOfEither(options: readonly JsonSchema[]): FieldKind {
  if (options.every(isScalar)) return 'scalar'
  const lists = options.filter(isListOfTexts)
  const rest = options.filter((option) => !isListOfTexts(option))
  return lists.length === 1 && rest.every(({ type, enum: names }) => type === 'string' && names === undefined) ? 'texts' : 'either'
}

/** True where a value of the schema fits in one field. */
export function isScalar(schema: JsonSchema): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return true
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  return types.length > 0 && types.every((type) => SCALARS.has(type))
}

function isListOfTexts({ type, items, prefixItems }: JsonSchema): boolean {
  if (type !== 'array') return false
  if (prefixItems !== undefined) return prefixItems.every((item) => item.type === 'string')
  return typeof items === 'object' && items.type === 'string' && items.enum === undefined
}

/** Schema of the items of a list. */
export function itemSchema({ items }: JsonSchema): JsonSchema {
  return typeof items === 'object' ? items : {}
}

/** Schema of the values of a mapping. */
export function valueSchema({ additionalProperties }: JsonSchema): JsonSchema {
  return typeof additionalProperties === 'object' ? additionalProperties : {}
}

/** Names that a scalar of any of its alternatives may take. */
export function namesOf(schema: JsonSchema): readonly string[] {
  const own = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])].map(String)
  return [...own, ...(schema.anyOf ?? []).flatMap(namesOf)]
}

/** What an empty new item of a list or mapping begins with. */
export function emptyValue(schema: JsonSchema): unknown {
  if (schema.default !== undefined) return schema.default
  const kind = fieldKind(schema)
  if (kind === 'choice') return schema.enum?.[0]
  if (kind === 'boolean') return false
  if (kind === 'number') return schema.minimum ?? 0
  if (kind === 'texts' || kind === 'list') return []
  if (kind === 'group' || kind === 'map') return {}
  if (kind === 'either') return emptyValue(schema.anyOf?.[0] ?? {})
  return kind === 'anything' ? null : ''
}
