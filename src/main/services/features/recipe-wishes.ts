import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { RecipeWishes } from '../../learn/recipe/index.ts'
import { recipe as recipeKind } from '../../stages/features/recipe.ts'

/** The parameters of a features/recipe step, checked; throws `invalid-parameter`. */
export function recipeWishes(params: Readonly<Record<string, unknown>>): RecipeWishes {
  const parsed = recipeKind.params.safeParse(params)
  if (parsed.success) return parsed.data as RecipeWishes
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: 'The recipe has a parameter that it does not take',
    message: z.prettifyError(parsed.error),
    nextStep: 'Correct the parameter, or take it out to use its default.',
  })
}
