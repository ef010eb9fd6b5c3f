import type { ProfileFinding } from '#shared/domain/profile.ts'
import type { AloneScore } from '../alone-predicts.ts'
import type { TargetFacts } from '../target-links.ts'
import { countOf, figure, percent, quoted, type FindingRule } from './gathered.ts'

/** Scores of one column alone from which it probably holds the answer, and from which it is worth a look. */
const CERTAIN = { auc: 0.995, lambda: 0.99, r2: 0.995 } as const
const LIKELY = { auc: 0.985, lambda: 0.975, r2: 0.98 } as const
/** Chance below which cells that stand with one class alone are no coincidence. */
const NO_COINCIDENCE = 1e-6
/** Words of columns that are filled in after the fact. */
const AFTERWARDS = /reason|clos(ed|ing)|cancel|terminat|resol(ved|ution)|outcome|result|(end|exit|leave|left|quit|churn|default|death|discharge|settle)\w*[_ -]?(date|day|time|at|on)\b|refund|write.?off|recover/i

const MEASURES = { auc: 'AUC', lambda: 'share of errors avoided', r2: 'R²' } as const

const leaks: FindingRule = ({ target, twins }) => {
  if (target === null) return []
  const told = new Set(twins.flatMap(({ first, second }) => (first === target.name ? [second] : second === target.name ? [first] : [])))
  return target.facts.filter(({ column }) => !told.has(column)).flatMap((facts) => afterwards(facts, target.name) ?? tooGood(facts, target.name) ?? [])
}

function hints(column: string, target: string): boolean {
  return AFTERWARDS.test(column) || (target.length >= 4 && column.toLowerCase().includes(target.toLowerCase()))
}

/** A column that has cells only where the target has one value. */
function afterwards({ column, onlyWith }: TargetFacts, target: string): ProfileFinding | undefined {
  if (onlyWith === undefined) return undefined
  const chance = onlyWith.rows * Math.log(onlyWith.share)
  if (onlyWith.rows < 5 || chance > Math.log(NO_COINCIDENCE)) return undefined
  const named = hints(column, target)
  return {
    kind: 'target-leak',
    severity: 'danger',
    columns: [column],
    message: `Column ${quoted(column)} has a value only where ${quoted(target)} is ${quoted(onlyWith.class)} (${countOf(onlyWith.rows, 'row')})${named ? '; its name also sounds like something known only afterwards' : ''}.`,
    advice: `It is probably filled in after the fact: drop it, unless it is known before ${quoted(target)} is.`,
    figures: { rows: onlyWith.rows, class: onlyWith.class },
  }
}

/** A column that predicts the target too well by itself. A name that sounds like afterwards lowers the bar to the lower one's severity, never makes a finding by itself. */
function tooGood({ column, alone }: TargetFacts, target: string): ProfileFinding | undefined {
  if (alone === undefined || alone.value < LIKELY[alone.measure]) return undefined
  const certain = alone.value >= CERTAIN[alone.measure] || hints(column, target)
  return {
    kind: 'target-leak',
    severity: certain ? 'danger' : 'warning',
    columns: [column],
    message: `Column ${quoted(column)} by itself predicts ${quoted(target)} ${certain ? 'almost perfectly' : 'remarkably well'} (${scoreWords(alone)} on rows that it did not learn from).`,
    advice: `Ask when it is known: if only together with ${quoted(target)} or later, drop it.`,
    figures: { [alone.measure]: alone.value },
  }
}

function scoreWords({ measure, value }: AloneScore): string {
  return `${MEASURES[measure]} ${figure(Number(value.toFixed(4)))}`
}

/** Share of the rarest class below which it is rare, and below which it is very rare. */
const RARE = 0.1
const VERY_RARE = 0.02

const imbalance: FindingRule = ({ target }) => {
  if (target === null || target.classes.length < 2) return []
  const total = target.classes.reduce((sum, { rows }) => sum + rows, 0)
  const rarest = target.classes.toSorted((a, b) => a.rows - b.rows)[0]
  if (rarest === undefined || rarest.rows / total >= RARE / Math.max(1, target.classes.length / 2)) return []
  return [
    {
      kind: 'imbalance',
      severity: rarest.rows / total < VERY_RARE || rarest.rows < 20 ? 'warning' : 'info',
      columns: [target.name],
      message: `Only ${percent(rarest.rows / total)} of the rows (${String(rarest.rows)}) have the class ${quoted(rarest.name)} of ${quoted(target.name)}.`,
      advice: 'Accuracy says little here: look at average precision and recall, and choose the threshold by what errors cost.',
      figures: { rows: rarest.rows, share: rarest.rows / total },
    },
  ]
}

/** φ or Cohen's d, and deviations from chance, from which missing cells depend on the target. */
const STRENGTH = 0.2
const DEVIATIONS = 5

const missingDepends: FindingRule = ({ target }) => {
  if (target === null) return []
  return target.facts.flatMap((facts): ProfileFinding[] => {
    const { column, missing } = facts
    const leaks = afterwards(facts, target.name) ?? tooGood(facts, target.name)
    if (missing === undefined || leaks !== undefined || missing.strength < STRENGTH || missing.deviations < DEVIATIONS) return []
    const classes = target.classes.length > 0
    const range = classes ? `missing in ${percent(missing.least)} to ${percent(missing.most)} of the rows, by class of ${quoted(target.name)}` : `the mean of ${quoted(target.name)} is ${figure(missing.least)} or ${figure(missing.most)} by whether it is missing`
    return [
      {
        kind: 'missing-depends',
        severity: 'warning',
        columns: [column],
        message: `Whether ${quoted(column)} is missing depends on the target: ${range}.`,
        advice: 'Make sure that at prediction it will be missing for the same reasons; if it is filled in later, it is a leak.',
        figures: { strength: missing.strength, deviations: missing.deviations },
      },
    ]
  })
}

const targetMissing: FindingRule = ({ target, columns, rows }) => {
  const column = columns.find(({ name }) => name === target?.name)
  if (column === undefined || column.missing === 0) return []
  return [{ kind: 'target-missing', severity: 'warning', columns: [column.name], message: `The target ${quoted(column.name)} is missing in ${countOf(column.missing, 'row')} (${percent(column.missing / rows)}).`, advice: 'Such rows teach nothing; they are left out of training and testing.', figures: { missing: column.missing } }]
}

/** What columns say about the target. */
export const targetRules: readonly FindingRule[] = [leaks, imbalance, missingDepends, targetMissing]
