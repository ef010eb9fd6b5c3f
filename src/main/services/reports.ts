import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluationReportSchema, type EvaluationReport } from '#shared/domain/evaluation.ts'
import type { Project } from '../store/project.ts'
import { parseRunId } from '../store/run-id.ts'

/** The last evaluation of a run; undefined where it made none. */
export async function evaluationOf(project: Project, run: string): Promise<EvaluationReport | undefined> {
  const number = parseRunId(run)
  const outputs = project.stepRuns.ofRun(number).flatMap((step) => project.stepRuns.outputs(number, step.step))
  const report = outputs.findLast((output) => output.kind === 'report')
  if (report === undefined) return undefined
  const { path } = project.artifacts.require('report', report.hash)
  return evaluationReportSchema.parse(JSON.parse(await readFile(join(path, 'report.json'), 'utf8')))
}
