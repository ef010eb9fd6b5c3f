import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Model } from '../../learn/model/model.ts'
import { didYouMean } from '../../learn/recipe/suggest.ts'

/** Columns looked at by themselves at most. */
const MOST = 8

function byImportance(model: Model): readonly string[] {
  const shares = new Map<string, number>()
  for (const { source, value } of model.importance) shares.set(source, (shares.get(source) ?? 0) + value)
  const inputs = model.members.flatMap(({ recipe }) => recipe.input.map(({ name }) => name))
  for (const name of inputs) if (!shares.has(name)) shares.set(name, 0)
  return [...shares].toSorted(([, a], [, b]) => b - a).map(([name]) => name)
}

/** The columns to look at the test rows by: those that the user named, or the eight that matter most to the model. Texts have no values to share. */
export function sliceColumns(model: Model, columns: readonly ColumnSchema[], wanted: 'auto' | 'off' | readonly string[]): readonly ColumnSchema[] {
  if (wanted === 'off') return []
  const known = new Map(columns.map((column) => [column.name, column]))
  if (wanted === 'auto') {
    return byImportance(model)
      .flatMap((name) => known.get(name) ?? [])
      .filter(({ type }) => type !== 'text')
      .slice(0, MOST)
  }
  return wanted.map((name) => {
    const column = known.get(name)
    if (column !== undefined) return column
    throw new MillraceError({
      code: 'invalid-parameter',
      headline: `There is no column "${name}"`,
      message: `\`slices\` of evaluate/report names it.${didYouMean(name, [...known.keys()])}`,
      nextStep: `Use columns of the test data: ${[...known.keys()].slice(0, 30).join(', ')}.`,
      details: { column: name },
    })
  })
}
