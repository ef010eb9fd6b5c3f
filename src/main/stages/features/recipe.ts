import { z } from 'zod'
import { createRecipeSpec } from '../../learn/recipe/create.ts'
import { expandRecipe, leftOutColumns } from '../../learn/recipe/expand.ts'
import { transformUseSchema } from '../../learn/recipe/recipe.ts'
import { defineStep } from '../step-kind.ts'

const ANY_ESTIMATOR = { missing: true, categorical: true, scaled: false, sparse: true }

const transforms = z.array(z.union([z.string(), transformUseSchema]))

const interaction = z.strictObject({
  columns: z.tuple([z.string(), z.string()]),
  as: z.enum(['product', 'ratio', 'difference', 'cross']).optional().describe('Left out: cross for two categories, else product'),
})

const parameters = z.record(z.string(), z.unknown())

/** Says how columns become features; nothing is learnt here, so nothing can leak. */
export const recipe = defineStep({
  id: 'features/recipe',
  version: 2,
  label: 'Features',
  help: 'Says which columns enter the model and how. What a transform learns from data is learnt later, from training rows only.',
  params: z.strictObject({
    preset: z.enum(['auto', 'none']).default('auto').describe('auto: transforms by type and by what the estimator needs; none: columns as they are'),
    drop: z.array(z.string()).default([]).describe('Columns that never enter the model'),
    columns: z.record(z.string(), transforms).default({}).describe('Per column, its transforms in order, in place of the preset'),
    formulas: z.record(z.string(), z.string()).default({}).describe('New columns by name, each a formula of others, e.g. bmi: weight / (height / 100)^2'),
    interactions: z.array(interaction).default([]).describe('Two columns made into one, e.g. { columns: [width, height], as: product }'),
    select: parameters.optional().describe('Keeps the columns that say most about the target, e.g. { keep: 50 }; left out: all stay'),
    pca: parameters.optional().describe('Replaces numeric columns by principal components, e.g. { variance: 0.95 }; left out: none'),
  }),
  inputs: { data: { kind: 'dataset', from: ['train', 'data'] } },
  outputs: { recipe: 'recipe' },
  usesGoal: true,
  usesSeed: false,
  estimate: () => ({ memoryBytes: 1 << 20, diskBytes: 1 << 20 }),
  async run({ params, inputs }, ctx) {
    const { columns } = inputs.data.meta.schema
    const spec = createRecipeSpec(columns, params)
    const leftOut = ctx.goal === undefined ? [] : leftOutColumns(spec, ctx.goal)
    // What no estimator could use is said here, before anything is trained.
    if (ctx.goal !== undefined) expandRecipe(spec, ANY_ESTIMATOR, ctx.goal, { rows: inputs.data.meta.rows })
    for (const { column, reason } of leftOut) ctx.log.info(`"${column}" does not enter the model: ${reason}`)
    const path = await ctx.outputFolder('recipe')
    await ctx.writeFile(path, 'recipe.json', JSON.stringify(spec, null, 2))
    return { recipe: { kind: 'recipe', path, meta: { columns: columns.length - leftOut.length + Object.keys(spec.formulas).length } } }
  },
})
