import { z } from 'zod'

/** Names of the parameters that a step kind's schema knows; undefined where the schema takes any. */
export function paramNames(schema: z.ZodType): readonly string[] | undefined {
  if (schema instanceof z.ZodObject) {
    const catchall = schema.def.catchall
    return catchall === undefined || catchall instanceof z.ZodNever ? Object.keys(schema.shape) : undefined
  }
  if (schema instanceof z.ZodPipe) return paramNames(schema.in as z.ZodType)
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) {
    return paramNames(schema.def.innerType as z.ZodType)
  }
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodIntersection) {
    const parts = schema instanceof z.ZodUnion ? schema.options : [schema.def.left, schema.def.right]
    const names = parts.map((part) => paramNames(part as z.ZodType))
    return names.includes(undefined) ? undefined : [...new Set(names.flatMap((part) => part ?? []))]
  }
  return undefined
}
