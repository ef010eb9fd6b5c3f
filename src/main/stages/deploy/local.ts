import { z } from 'zod'
import { defineStep } from '../step-kind.ts'

/** Name of a deployment slot: part of commands and addresses, so no spaces. */
export const deploymentNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a deployment is named with letters, digits, ".", "-" and "_", at most 64, the first a letter or digit')

/** Points a deployment at the trained model, so that predictions can be asked for by its name. */
export const deployLocal = defineStep({
  id: 'deploy/local',
  version: 1,
  label: 'Deploy',
  help: 'Points a named deployment of this project at the model; predictions are asked for by that name.',
  params: z.strictObject({
    name: deploymentNameSchema.describe('Name of the deployment; one that exists gets the new model'),
  }),
  inputs: { model: { kind: 'model', from: ['model'] } },
  outputs: { deployment: 'deployment' },
  usesGoal: false,
  usesSeed: false,
  estimate: () => ({ memoryBytes: 1 << 20, diskBytes: 4096 }),
  async run({ params, inputs }, ctx) {
    ctx.throwIfAborted()
    const model = inputs.model
    const path = await ctx.outputFolder('deployment')
    const content = { formatVersion: 1, name: params.name, model: model.hash, task: model.meta.task, target: model.meta.target, estimator: model.meta.estimator }
    await ctx.writeFile(path, 'deployment.json', `${JSON.stringify(content, null, 2)}\n`)
    ctx.log.info(`Deployment "${params.name}" serves: ${model.meta.summary}`)
    ctx.progress(1, `deployed as "${params.name}"`)
    return { deployment: { kind: 'deployment', path, meta: { name: params.name, model: model.hash } } }
  },
})
