import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import { evaluationReportSchema, type EvaluationReport } from '#shared/domain/evaluation.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Project } from '../store/project.ts'
import { parseRunId } from '../store/run-id.ts'
import { runId } from './runs.ts'
import { savePage } from './save-page.ts'

function reportOf(project: Project, run: string): Artifact<'report'> | undefined {
  const number = parseRunId(run)
  const outputs = project.stepRuns.ofRun(number).flatMap((step) => project.stepRuns.outputs(number, step.step))
  const report = outputs.findLast((output) => output.kind === 'report')
  return report === undefined ? undefined : (project.artifacts.require('report', report.hash) as Artifact<'report'>)
}

/** The last evaluation of a run as its file holds it, unchecked: whoever is handed it checks it by its schema. Null where the run made none. */
export async function readEvaluation(project: Project, run: string): Promise<unknown> {
  const report = reportOf(project, runId(project, run))
  return report === undefined ? null : JSON.parse(await readFile(join(report.path, 'report.json'), 'utf8'))
}

async function readReport({ path }: Artifact<'report'>): Promise<EvaluationReport> {
  return evaluationReportSchema.parse(JSON.parse(await readFile(join(path, 'report.json'), 'utf8')))
}

/** The last evaluation of a run; undefined where it made none. */
export async function evaluationOf(project: Project, run: string): Promise<EvaluationReport | undefined> {
  const report = reportOf(project, run)
  return report === undefined ? undefined : readReport(report)
}

/** An evaluation, its page in the project, and the copy that was asked for. */
export type ShownReport = { readonly run: string; readonly report: EvaluationReport; readonly page: string; readonly html: string | undefined }

/** The evaluation of a run (`latest` is the newest); `html` is the absolute path of a copy of its page. Throws `not-found` where the run made none. */
export async function showReport(project: Project, wanted: string, html: string | undefined): Promise<ShownReport> {
  const run = runId(project, wanted)
  const artifact = reportOf(project, run)
  if (artifact === undefined) {
    throw new MillraceError({
      code: 'not-found',
      headline: `Run ${run} evaluated no model`,
      message: 'None of its finished steps is an evaluate/report.',
      nextStep: `See what it did with: millrace runs show ${run}. A pipeline evaluates with the step: { id: evaluate, uses: evaluate/report, needs: [train, split] }`,
      details: { run },
    })
  }
  const page = join(artifact.path, 'report.html')
  if (html !== undefined) await savePage(project, html, await readFile(page, 'utf8'))
  return { run, report: await readReport(artifact), page, html }
}
