import type { RecipeParams } from './recipe-draft.ts'

/** A recipe that holds what two windows changed, and the columns and parameters that both changed in different ways. */
export type MergedRecipe = { readonly params: RecipeParams; readonly disputed: readonly string[] }

/** Parameters whose parts are changed one by one, and what stands in a part: a value by column, or a column's name in a list. */
const PARTED: Readonly<Record<string, 'by column' | 'list'>> = { columns: 'by column', formulas: 'by column', drop: 'list' }

type Part = { readonly param: string; readonly name: string | null; readonly value: unknown }

/** Brings `mine` and `theirs`, which both began as `base`, together; where both changed the same thing, mine stands. */
export function mergeRecipes(base: RecipeParams, mine: RecipeParams, theirs: RecipeParams): MergedRecipe {
  const [before, here, there] = [partsOf(base), partsOf(mine), partsOf(theirs)]
  const merged: Part[] = []
  const disputed: string[] = []
  for (const key of new Set([...there.keys(), ...here.keys()])) {
    const [old, my, their] = [before, here, there].map((parts) => JSON.stringify(parts.get(key)?.value))
    const part = my === old ? there.get(key) : here.get(key)
    if (part !== undefined) merged.push(part)
    if (my !== old && their !== old && my !== their) disputed.push(nameOf(key))
  }
  return { params: recipeOf(merged), disputed }
}

/** The recipe piece by piece, by keys that say what a piece is about. */
function partsOf(params: RecipeParams): ReadonlyMap<string, Part> {
  const parts = Object.entries(params).flatMap(([param, value]): Part[] => {
    const kind = PARTED[param]
    if (kind === 'list' && Array.isArray(value)) return value.map((name: unknown) => ({ param, name: String(name), value: true }))
    if (kind === 'by column' && typeof value === 'object' && value !== null) return Object.entries(value).map(([name, own]) => ({ param, name, value: own as unknown }))
    return [{ param, name: null, value }]
  })
  return new Map(parts.map((part) => [JSON.stringify([part.param, part.name]), part]))
}

function nameOf(key: string): string {
  const [param, name] = JSON.parse(key) as [string, string | null]
  return name ?? param
}

function recipeOf(parts: readonly Part[]): RecipeParams {
  const params: Record<string, unknown> = {}
  for (const { param, name, value } of parts) {
    if (name === null) params[param] = value
    else if (PARTED[param] === 'list') params[param] = [...((params[param] ?? []) as readonly string[]), name]
    else params[param] = { ...(params[param] as object | undefined), [name]: value }
  }
  return params
}
