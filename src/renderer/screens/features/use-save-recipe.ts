import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MillraceError, toErrorData, type ErrorData } from '#shared/errors.ts'
import { useClient } from '../../client/client-context.tsx'
import { toast } from '../../components/toast.tsx'
import { mergeRecipes } from './merge-recipe.ts'
import { changedParameters, type RecipeParams } from './recipe-draft.ts'

type Saving = { save(params: RecipeParams): Promise<void>; readonly saving: boolean; readonly error: ErrorData | undefined }

/** Writes the changed parameters into the pipeline file, whose comments and layout stay; what another program changed in it meanwhile stays too. */
export function useSaveRecipe(project: string, file: string, step: string, stored: RecipeParams, settle: () => void): Saving {
  const client = useClient()
  const queries = useQueryClient()
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const readAnew = (): Promise<void> => queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => name === 'features.describe' || String(name).startsWith('pipelines.') })
  return {
    saving,
    error,
    async save(params) {
      setSaving(true)
      setError(undefined)
      try {
        const { text, revision } = await client.call('pipelines.read', { project, file })
        const { params: written } = await client.call('features.describe', { project, file })
        const { params: merged, disputed } = mergeRecipes(stored, params, written)
        if (disputed.length > 0) throw conflict(file, disputed)
        let edited = text
        for (const { name, value } of changedParameters(written, merged)) {
          const change = value === undefined ? { kind: 'unset-param' as const, step, path: [name] } : { kind: 'set-param' as const, step, path: [name], value }
          edited = (await client.call('pipelines.edit', { project, file, text: edited, change })).text
        }
        await client.call('pipelines.save', { project, file, text: edited, basedOn: revision })
        settle()
        await readAnew()
        toast.success('The recipe is saved; the next run uses it')
      } catch (thrown) {
        setError(toErrorData(thrown))
        // What the other one wrote is shown beside the draft, to be decided on.
        if (toErrorData(thrown).code === 'conflict') await readAnew()
      } finally {
        setSaving(false)
      }
    },
  }
}

function conflict(file: string, disputed: readonly string[]): MillraceError {
  return new MillraceError({
    code: 'conflict',
    headline: `${file} was changed by another program`,
    message: `It changed ${disputed.join(', ')} too. Nothing was written, so that no change is lost.`,
    nextStep: 'Look at what it wrote; then save yours over it, or take theirs.',
    details: { file },
  })
}
