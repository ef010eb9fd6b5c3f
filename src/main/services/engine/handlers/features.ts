import { resolve } from 'node:path'
import type { MethodOutput } from '#shared/contract/index.ts'
import { createRecipeDesk } from '../../features/ask-recipe.ts'
import { describeFeatures } from '../../features/describe-features.ts'
import type { Handlers } from '../context.ts'
import { texts } from './texts.ts'

const desk = createRecipeDesk()

/** The feature editor: what becomes of each column before it enters the model. */
export const featuresHandlers: Handlers<'features'> = {
  async describe({ project, file, params }, { projects }) {
    const open = await projects.use(project)
    return describeFeatures(open, resolve(open.path, file), params, texts)
  },
  fit: async ({ project, ...about }, { projects }) => (await desk.ask(await projects.use(project), about, { kind: 'fit' })) as MethodOutput<'features.fit'>,
  preview: async ({ project, column, ...about }, { projects }) => (await desk.ask(await projects.use(project), about, { kind: 'preview', column })) as MethodOutput<'features.preview'>,
  distributions: async ({ project, ...about }, { projects }) => (await desk.ask(await projects.use(project), about, { kind: 'distributions' })) as MethodOutput<'features.distributions'>,
  formula: async ({ project, name, text, ...about }, { projects }) => (await desk.ask(await projects.use(project), about, { kind: 'formula', name, text })) as MethodOutput<'features.formula'>,
}

/** Ends the worker of the previews. */
export const closeFeatures = (): Promise<void> => desk.close()
