import type { MethodOutput } from '#shared/contract/index.ts'
import type { StepArtifact, StepKindEntry } from '#shared/contract/pipelines.ts'
import type { Choice } from '../../../components/schema-form/schema-form.tsx'

type Schema = Readonly<Record<string, unknown>>
type Choices = Readonly<Record<string, readonly Choice[]>>

/** Step kinds and what some of their parameters may name. */
export type StepKinds = MethodOutput<'pipelines.kinds'>

/** The schema of a step's form: that of its kind, with the parameters of the estimator that is chosen in it. */
export function formSchema(kind: StepKindEntry, { estimators }: StepKinds, params: Readonly<Record<string, unknown>>): Schema {
  const properties = kind.schema['properties'] as Readonly<Record<string, Schema>> | undefined
  const estimator = estimators.find(({ id }) => id === params['estimator'])
  if (properties?.['estimator'] === undefined || properties['params'] === undefined || estimator === undefined) return kind.schema
  const own = { ...estimator.schema, description: `Parameters of ${estimator.label.toLowerCase()}; left out: its settings are tuned` }
  return { ...kind.schema, properties: { ...properties, params: own } }
}

/** Paths of parameters that name columns; `?` stands for the names of a mapping. */
const columnPaths = ['group', 'time', 'column', 'target', 'drop', 'slices', 'columns.?', 'types.?', 'missing.?', 'interactions.*.columns', 'interactions.*.columns.*']

/** What the fields of a step's form propose: estimators and metrics that suit the task, columns of the data that it takes. */
export function formChoices(kind: StepKindEntry, { estimators, metrics }: StepKinds, task: string | null, columns: readonly string[]): Choices {
  const suits = ({ tasks }: { readonly tasks: readonly string[] }): boolean => task === null || tasks.includes(task)
  const named = columns.map((value) => ({ value }))
  const hasEstimator = Object.hasOwn(kind.schema['properties'] ?? {}, 'estimator')
  return {
    ...Object.fromEntries(columns.length === 0 ? [] : columnPaths.map((path) => [path, named])),
    ...(hasEstimator ? { estimator: choicesOf(estimators.filter(suits)), metric: choicesOf(metrics.filter(suits)) } : {}),
  }
}

/** Columns that a step's parameters may name: those of the datasets that it took, of a source those that it made. */
export function columnsOf({ inputs, outputs }: { readonly inputs: readonly StepArtifact[]; readonly outputs: readonly StepArtifact[] }): readonly string[] {
  const from = inputs.some(({ columns }) => columns.length > 0) ? inputs : outputs
  return [...new Set(from.flatMap(({ columns }) => columns))]
}

function choicesOf(entries: readonly { readonly id: string; readonly label: string }[]): readonly Choice[] {
  return entries.map(({ id, label }) => ({ value: id, label }))
}
