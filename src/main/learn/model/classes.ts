import { MillraceError } from '#shared/errors.ts'
import type { Goal } from '#shared/domain/task.ts'
import { didYouMean } from '../recipe/suggest.ts'

type Counted = { readonly value: string; readonly rows: number }
type Classes = { readonly classes: readonly string[]; readonly note: string | undefined }

/** Words that name the case somebody looks for. */
const AFFIRMATIVE = new Set(['1', 'yes', 'y', 'true', 't', 'positive', 'pos', '+', '1.0', '+1'])

/** Classes named in a message at most. */
const NAMED = 12

function invalid(goal: Goal, headline: string, message: string, nextStep: string, value?: string): MillraceError {
  const details = value === undefined ? { column: goal.target } : { column: goal.target, value }
  return new MillraceError({ code: 'invalid-data', headline, message, nextStep, details })
}

function named(values: readonly Counted[]): string {
  const shown = values.slice(0, NAMED).map(({ value, rows }) => `"${value}" (${rows} row${rows === 1 ? '' : 's'})`)
  return shown.join(', ') + (values.length > NAMED ? ` and ${values.length - NAMED} more` : '')
}

/** Numbers by size, then texts by code point: the same order on every machine. */
function inOrder(values: readonly Counted[]): readonly Counted[] {
  const numeric = values.every(({ value }) => value.trim() !== '' && Number.isFinite(Number(value)))
  return values.toSorted((a, b) => (numeric ? Number(a.value) - Number(b.value) : 0) || (a.value < b.value ? -1 : 1))
}

function bare(value: string): string {
  return value.trim().replace(/^(['"])(.*)\1$/, '$2').toLowerCase()
}

function binaryClasses(goal: Goal, values: readonly Counted[]): Classes {
  const [first, second] = values as [Counted, Counted]
  const pair = (positive: string): readonly string[] => [first.value === positive ? second.value : first.value, positive]
  if (goal.positive !== undefined) {
    if (values.some(({ value }) => value === goal.positive)) return { classes: pair(goal.positive), note: undefined }
    const names = values.map(({ value }) => value)
    throw new MillraceError({
      code: 'invalid-parameter',
      headline: `The positive class "${goal.positive}" does not occur in the target "${goal.target}"`,
      message: `Its classes are ${named(values)}.${didYouMean(goal.positive, names)}`,
      nextStep: `Write \`positive: ${JSON.stringify(names[1])}\` or the other class in the pipeline, exactly as the cells read.`,
      details: { column: goal.target, value: goal.positive },
    })
  }
  const affirmative = values.filter(({ value }) => AFFIRMATIVE.has(bare(value)))
  const [only] = affirmative
  if (only !== undefined && affirmative.length === 1) {
    return { classes: pair(only.value), note: `The positive class is "${only.value}", by its name; \`positive\` in the pipeline sets another.` }
  }
  const rarer = first.rows < second.rows ? first.value : second.value
  const why = first.rows === second.rows ? 'the later of two equally frequent ones' : 'the rarer one'
  return { classes: pair(rarer), note: `The positive class is "${rarer}", ${why}; \`positive\` in the pipeline sets another.` }
}

/**
 * Classes of a target from its values and their rows, numbers by size or texts in code-point order; binary: the positive
 * class second, by the goal, else by its name (yes, true, 1, …), else the rarer. Throws `invalid-data` where the values do not suit the task.
 */
export function chooseClasses(goal: Goal, found: readonly Counted[]): Classes {
  const values = inOrder(found)
  const { target } = goal
  const [first] = values
  if (first === undefined) {
    throw invalid(goal, `The target "${target}" has no value`, 'Every row of the training data lacks it.', 'Check the target column and the missing tokens of the data.')
  }
  if (values.length === 1) {
    throw invalid(
      goal,
      `The target "${target}" has only one class`,
      `All ${first.rows} training rows with a target read "${first.value}": there is nothing to tell apart.`,
      'Add rows of another class, or choose another target.',
      first.value,
    )
  }
  if (goal.task === 'binary-classification' && values.length > 2) {
    throw invalid(
      goal,
      `The target "${target}" has ${values.length} classes, and the task is binary-classification`,
      `The classes are ${named(values)}.`,
      'Write `task: multiclass-classification` in the pipeline, or leave only two classes in the data.',
    )
  }
  if (values.length > 1000) {
    throw invalid(
      goal,
      `The target "${target}" has ${values.length} classes`,
      `A classification learns at most 1000 classes; the first are ${named(values)}.`,
      'If the target is a quantity, write `task: regression`; if it is an identifier, choose another target.',
    )
  }
  return goal.task === 'binary-classification' ? binaryClasses(goal, values) : { classes: values.map(({ value }) => value), note: undefined }
}
