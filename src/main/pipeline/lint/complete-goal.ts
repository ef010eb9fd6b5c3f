import type { LintFinding } from '#shared/domain/pipeline.ts'
import { taskSchema } from '#shared/domain/task.ts'
import { suggestion } from '../../base/did-you-mean.ts'
import { findingAt, type LintRule } from './subject.ts'

const rule = 'complete-goal'
const later = ['clustering', 'anomaly-detection', 'forecasting', 'recommendation']

/** A pipeline that trains says what it learns; `task`, `target` and `positive` fit each other. */
export const completeGoal: LintRule = ({ pipeline, source, goal, kinds }) => {
  const findings: LintFinding[] = []
  const training = pipeline.steps.findIndex((step) => Object.values(kinds.get(step.uses)?.outputs ?? {}).includes('model'))
  const step = pipeline.steps[training]
  const add = (key: string, message: string): void => {
    findings.push(findingAt(source, rule, [key], message))
  }
  if (goal.task !== undefined && !taskSchema.safeParse(goal.task).success) {
    if (later.includes(goal.task)) add('task', `task "${goal.task}" is not supported yet; known are: ${taskSchema.options.join(', ')}`)
    else add('task', `unknown task "${goal.task}"${suggestion(goal.task, taskSchema.options)}`)
  }
  if (goal.target !== undefined && goal.target.trim() === '') add('target', 'target is empty; it names the column to predict')
  for (const key of ['task', 'target'] as const) {
    if (goal[key] !== undefined) continue
    const what = key === 'task' ? `the task (${taskSchema.options.join(', ')})` : 'the column to predict'
    if (step !== undefined) {
      findings.push(findingAt(source, rule, ['steps', training], `step "${step.id}" trains a model, but the file does not say "${key}:", ${what}`, step.id))
    } else if (goal.task !== undefined || goal.target !== undefined) {
      findings.push(findingAt(source, rule, [key === 'task' ? 'target' : 'task'], `"${key}:" is missing, ${what}`))
    }
  }
  if (goal.positive !== undefined && goal.task !== undefined && goal.task !== 'binary-classification') {
    add('positive', `"positive" belongs to binary-classification; the task is ${goal.task}`)
  }
  return findings
}
