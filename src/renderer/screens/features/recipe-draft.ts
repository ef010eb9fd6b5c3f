import { useState } from 'react'
import type { FeatureColumn } from '#shared/contract/features.ts'
import { mergeRecipes } from './merge-recipe.ts'

/** Parameters of a features/recipe step, as its pipeline file gives them. */
export type RecipeParams = Readonly<Record<string, unknown>>

/** A transform of a column's own list: an id, or an id with parameters. */
export type TransformEntry = { readonly transform: string; readonly params: Readonly<Record<string, unknown>> }

/** A recipe that is being changed: every state of it since it was read, and where we are among them. */
export type RecipeDraft = {
  readonly params: RecipeParams
  /** Changes since the file was read. */
  readonly changes: number
  readonly canRedo: boolean
  change(next: RecipeParams): void
  undo(): void
  redo(): void
  /** Takes the present state as what the file holds. */
  settle(): void
  /** What another window or program wrote into the file while it was being changed here; undefined where it did not. */
  readonly elsewhere: Elsewhere | undefined
  /** Gives up the own side of what both changed. */
  takeTheirs(): void
}

/** The columns and parameters that both changed, and the recipe with the other's side of them. */
export type Elsewhere = { readonly disputed: readonly string[]; readonly theirs: RecipeParams }

type History = { readonly states: readonly RecipeParams[]; readonly at: number; readonly saved: number }

/** Keeps a draft of `stored`; a file that was read anew replaces a draft without changes, and is brought together with one that has some. */
export function useRecipeDraft(stored: RecipeParams): RecipeDraft {
  const [source, setSource] = useState(stored)
  const [history, setHistory] = useState<History>({ states: [stored], at: 0, saved: 0 })
  const [elsewhere, setElsewhere] = useState<Elsewhere>()
  const change = (next: RecipeParams): void => setHistory(({ states, at, saved }) => ({ states: [...states.slice(0, at + 1), next], at: at + 1, saved: saved > at ? -1 : saved }))
  if (source !== stored && JSON.stringify(source) !== JSON.stringify(stored)) {
    setSource(stored)
    const mine = history.states[history.at] ?? source
    if (history.at === history.saved) {
      if (JSON.stringify(mine) !== JSON.stringify(stored)) setHistory({ states: [stored], at: 0, saved: 0 })
    } else {
      setHistory({ ...history, states: history.states.map((state) => mergeRecipes(source, state, stored).params) })
      setElsewhere({ disputed: mergeRecipes(source, mine, stored).disputed, theirs: mergeRecipes(source, stored, mine).params })
    }
  }
  return {
    params: history.states[history.at] ?? stored,
    changes: Math.abs(history.at - history.saved),
    canRedo: history.at < history.states.length - 1,
    change,
    undo: () => setHistory((now) => ({ ...now, at: Math.max(0, now.at - 1) })),
    redo: () => setHistory((now) => ({ ...now, at: Math.min(now.states.length - 1, now.at + 1) })),
    settle() {
      setHistory((now) => ({ ...now, saved: now.at }))
      setElsewhere(undefined)
    },
    elsewhere,
    takeTheirs() {
      if (elsewhere !== undefined) change(elsewhere.theirs)
      setElsewhere(undefined)
    },
  }
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : []
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** The parameters without those that say nothing, so that the file stays short. */
function tidy(params: RecipeParams): RecipeParams {
  const empty = (value: unknown): boolean => (Array.isArray(value) ? value.length === 0 : Object.keys(recordOf(value)).length === 0 && typeof value === 'object')
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined && value !== null && !empty(value)))
}

/** The recipe with a column left out, or let in; a column whose role keeps it out enters by transforms of its own. */
export function withEntering(params: RecipeParams, column: FeatureColumn, enters: boolean): RecipeParams {
  const drop = namesOf(params['drop']).filter((name) => name !== column.name)
  if (!enters) {
    const { [column.name]: _own, ...columns } = recordOf(params['columns'])
    return tidy({ ...params, drop: [...drop, column.name], columns })
  }
  const kept = column.role === 'identifier' || column.role === 'ignore'
  return tidy({ ...params, drop, columns: kept ? { ...recordOf(params['columns']), [column.name]: [] } : params['columns'] })
}

/** A column's own transforms as the recipe has them; undefined where the preset decides. */
export function ownTransforms(params: RecipeParams, column: string): readonly TransformEntry[] | undefined {
  const columns = recordOf(params['columns'])
  const entries = Object.hasOwn(columns, column) ? columns[column] : undefined
  if (!Array.isArray(entries)) return undefined
  return entries.map((entry: unknown) => (typeof entry === 'string' ? { transform: entry, params: {} } : { transform: String(recordOf(entry)['transform']), params: recordOf(recordOf(entry)['params']) }))
}

/** The recipe with a column's own transforms in place of the preset's; undefined gives it back to the preset. */
export function withTransforms(params: RecipeParams, column: string, transforms: readonly TransformEntry[] | undefined): RecipeParams {
  const { [column]: _before, ...others } = recordOf(params['columns'])
  const written = transforms?.map(({ transform, params: own }) => (Object.keys(own).length === 0 ? transform : { transform, params: own }))
  // An empty list of its own says "as it is": only a missing one is tidied away.
  const columns = written === undefined ? others : { ...others, [column]: written }
  return { ...tidy({ ...params, columns: undefined }), ...(Object.keys(columns).length === 0 ? {} : { columns }) }
}

/** The recipe with a formula column, or without it where the text is undefined. */
export function withFormula(params: RecipeParams, name: string, text: string | undefined): RecipeParams {
  const { [name]: _before, ...others } = recordOf(params['formulas'])
  return tidy({ ...params, formulas: text === undefined ? others : { ...others, [name]: text } })
}

/** Changes that turn the parameters of one state into those of another: what to write per parameter, undefined to take it out. */
export function changedParameters(from: RecipeParams, to: RecipeParams): readonly { readonly name: string; readonly value: unknown }[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name])).map((name) => ({ name, value: to[name] }))
}

/** Columns that two states of a recipe treat in different ways. */
export function changedColumns(from: RecipeParams, to: RecipeParams): ReadonlySet<string> {
  const differing = (name: 'columns' | 'formulas'): readonly string[] => changedParameters(recordOf(from[name]), recordOf(to[name])).map((change) => change.name)
  const dropped = (params: RecipeParams): readonly unknown[] => (Array.isArray(params['drop']) ? (params['drop'] as unknown[]) : [])
  const moved = [...dropped(from), ...dropped(to)].filter((name) => dropped(from).includes(name) !== dropped(to).includes(name))
  return new Set([...differing('columns'), ...differing('formulas'), ...moved.map(String)])
}
