import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { findMatrixTransform } from '../matrix-transforms/index.ts'
import type { Transform } from '../transform.ts'
import { findTransform, transforms } from '../transforms/index.ts'
import { deriveColumn, derivedColumns, interactionFormula, requireNewName, type Interaction } from './derived-columns.ts'
import { type RecipeSpec, type TransformUse, transformUseSchema } from './recipe.ts'
import { didYouMean } from './suggest.ts'

/** What a user may say about a recipe. */
export type RecipeWishes = {
  readonly preset: RecipeSpec['preset']
  /** Columns that never enter the model. */
  readonly drop: readonly string[]
  /** Per column, transforms in place of the preset's: ids, or ids with parameters. */
  readonly columns: Readonly<Record<string, readonly (string | z.input<typeof transformUseSchema>)[]>>
  /** Columns made of others, by name. */
  readonly formulas?: Readonly<Record<string, string>>
  /** Two columns made into one. */
  readonly interactions?: readonly Interaction[]
  /** Parameters of the selection of columns; absent: none are left out. */
  readonly select?: Readonly<Record<string, unknown>> | undefined
  /** Parameters of the principal components; absent: none. */
  readonly pca?: Readonly<Record<string, unknown>> | undefined
}

/** Columns named in a message at most. */
const NAMED = 30

function requireColumn(name: string, columns: readonly ColumnSchema[], where: string): void {
  const names = columns.map((column) => column.name)
  if (names.includes(name)) return
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no column "${name}"`,
    message: `\`${where}\` names the column "${name}", which the data does not have.${didYouMean(name, names)}`,
    nextStep: `Correct the name or take it out. The columns are: ${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? `, and ${names.length - NAMED} more` : ''}.`,
    details: { column: name },
  })
}

/** The transform of that id; throws MillraceError with a suggestion where there is none. */
export function requireTransform(id: string, column: string): Transform {
  const found = findTransform(id)
  if (found !== undefined) return found
  const ids = transforms.map((transform) => transform.id)
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no transform "${id}"`,
    message: `The recipe asks for the transform "${id}" on column "${column}".${didYouMean(id, ids)}`,
    nextStep: `Use one of: ${ids.join(', ')}.`,
    details: { column, value: id },
  })
}

function checkUse(use: TransformUse, column: string): TransformUse {
  const parsed = requireTransform(use.transform, column).params.safeParse(use.params)
  if (parsed.success) return use
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `Transform "${use.transform}" on column "${column}" has a parameter that it does not take`,
    message: z.prettifyError(parsed.error),
    nextStep: 'Correct the parameter, or take it out to use its default.',
    details: { column, value: use.transform },
  })
}

function checkMatrixUse(id: string, params: Readonly<Record<string, unknown>>, where: string): TransformUse {
  const parsed = findMatrixTransform(id)?.params.safeParse(params)
  if (parsed?.success === true) return { transform: id, params }
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `\`${where}\` has a parameter that it does not take`,
    message: parsed === undefined ? `There is no "${id}".` : z.prettifyError(parsed.error),
    nextStep: 'Correct the parameter, or take it out to use its default.',
    details: { value: where },
  })
}

function formulasOf({ formulas = {}, interactions = [] }: RecipeWishes, columns: readonly ColumnSchema[]): Record<string, string> {
  const made: [string, string][] = []
  const add = (name: string, text: string): void => {
    requireNewName(name, [...columns.map((column) => column.name), ...made.map(([known]) => known)])
    deriveColumn(name, text, columns)
    made.push([name, text])
  }
  for (const [name, text] of Object.entries(formulas)) add(name, text)
  for (const interaction of interactions) {
    for (const name of interaction.columns) requireColumn(name, columns, 'interactions')
    const { name, text } = interactionFormula(interaction, columns)
    add(name, text)
  }
  return Object.fromEntries(made)
}

/**
 * An unfitted recipe for a dataset with these columns. Throws MillraceError `invalid-parameter`, with a suggestion, where a wish names
 * a column, a transform or a parameter that does not exist, or holds a formula that cannot be used.
 */
export function createRecipeSpec(columns: readonly ColumnSchema[], wishes: RecipeWishes): RecipeSpec {
  for (const name of wishes.drop) requireColumn(name, columns, 'drop')
  const formulas = formulasOf(wishes, columns)
  const derived = derivedColumns({ formulas, columns: [...columns] }).map(({ schema }) => schema)
  const overrides = Object.entries(wishes.columns).map(([name, uses]) => {
    requireColumn(name, [...columns, ...derived], 'columns')
    return [name, uses.map((use) => checkUse(transformUseSchema.parse(typeof use === 'string' ? { transform: use } : use), name))]
  })
  return {
    formatVersion: 2,
    preset: wishes.preset,
    columns: [...columns],
    drop: [...new Set(wishes.drop)],
    overrides: Object.fromEntries(overrides) as RecipeSpec['overrides'],
    formulas,
    matrix: [
      ...(wishes.select === undefined ? [] : [checkMatrixUse('selection', wishes.select, 'select')]),
      ...(wishes.pca === undefined ? [] : [checkMatrixUse('pca', wishes.pca, 'pca')]),
    ],
  }
}
