import type { MethodOutput } from '#shared/contract/index.ts'
import { compareByFolds } from '../../compare-folds.ts'
import { listLeaderboard, readLeaderboard } from '../../leaderboard.ts'
import { candidatesOf, learningOf } from '../../learning.ts'
import { readEvaluation } from '../../reports.ts'
import { deleteRuns, explainRun, previewDeletion, showRun } from '../../runs.ts'
import type { Handlers } from '../context.ts'

/** Runs and what came of them. */
export const runsHandlers: Handlers<'runs'> = {
  list: async ({ project, ...page }, { projects }) => listLeaderboard(await projects.use(project), page),
  leaderboard: async ({ project }, { projects }) => readLeaderboard(await projects.use(project)),
  show: async ({ project, run }, { projects }) => showRun(await projects.use(project), run),
  async explain({ project, run, step }, { projects }) {
    const [explained] = explainRun(await projects.use(project), run, step)
    if (explained === undefined) throw new Error(`No explanation of step ${step}`)
    return explained
  },
  compare: async ({ project, runs }, { projects }) => compareByFolds(await projects.use(project), runs),
  report: async ({ project, run }, { projects }) => ({ report: (await readEvaluation(await projects.use(project), run)) as MethodOutput<'runs.report'>['report'] }),
  curves: async ({ project, run }, { projects, jobs }) => learningOf(await projects.use(project), run, jobs.measured(project, run)),
  candidates: async ({ project, runs }, { projects, jobs }) => ({ runs: await candidatesOf(await projects.use(project), runs, (run) => jobs.measured(project, run)) }),
  previewDeletion: async ({ project, runs }, { projects }) => previewDeletion(await projects.use(project), runs),
  async delete({ project, runs }, { projects, events }) {
    const open = await projects.use(project)
    const deletion = await deleteRuns(open, runs)
    events.emit({ topic: 'project', project: open.path, changed: ['runs', 'models', 'datasets'] })
    return deletion
  },
}
