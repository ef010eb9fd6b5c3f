import { basename } from 'node:path'
import type { Project } from '../../../store/project.ts'
import { deployModel, listDeployments, removeDeployment, rollBack, showDeployment } from '../../deployments.ts'
import { findDeployment, servedModel } from '../../models.ts'
import { predictFile } from '../../predictions.ts'
import type { EngineContext, Handlers } from '../context.ts'
import { modelDesk, requireAbsolute } from './models.ts'

function tell({ events }: EngineContext, project: Project): void {
  events.emit({ topic: 'project', project: project.path, changed: ['deployments', 'models', 'runs'] })
}

/** Named slots that serve models. */
export const deploymentsHandlers: Handlers<'deployments'> = {
  list: async ({ project }, { projects }) => ({ deployments: listDeployments(await projects.use(project)) }),
  show: async ({ project, deployment }, { projects }) => showDeployment(await projects.use(project), deployment),
  async deploy({ project, deployment, model }, context) {
    const open = await context.projects.use(project)
    const entry = deployModel(open, deployment, model, context.clock.now())
    tell(context, open)
    return entry
  },
  async rollback({ project, deployment }, context) {
    const open = await context.projects.use(project)
    const entry = rollBack(open, deployment, context.clock.now())
    tell(context, open)
    return entry
  },
  async remove({ project, deployment }, context) {
    const open = await context.projects.use(project)
    removeDeployment(open, deployment, context.clock.now())
    tell(context, open)
    return {}
  },
  async fields({ project, deployment }, { projects }) {
    const open = await projects.use(project)
    const { fields, examples, rows, of } = await modelDesk.ask(open, servedModel(open, { deployment }), { kind: 'fields' })
    return { fields: [...fields], examples: [...examples], rows, of }
  },
  async tryRow({ project, deployment, row }, { projects }) {
    const open = await projects.use(project)
    return modelDesk.ask(open, servedModel(open, { deployment }), { kind: 'predict', row })
  },
  async predictFile({ project, deployment, input, output, keepInput, onInvalid }, { projects, jobs }) {
    const open = await projects.use(project)
    findDeployment(open, deployment)
    requireAbsolute(input)
    requireAbsolute(output)
    const job = jobs.start({
      kind: 'predict',
      project,
      title: `Predict ${basename(input)} with ${deployment}`,
      work: async ({ signal, progress }) => {
        const request = { deployment, input, output, keepInput, formulas: 'guard', onInvalid } as const
        const { rows, seconds } = await predictFile(open, request, { signal, onProgress: (message) => { progress(null, message) } })
        return { rows, output, seconds }
      },
    })
    return { job }
  },
}
