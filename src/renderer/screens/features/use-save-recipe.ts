import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { useClient } from '../../client/client-context.tsx'
import { toast } from '../../components/toast.tsx'
import { changedParameters, type RecipeParams } from './recipe-draft.ts'

type Saving = { save(params: RecipeParams): Promise<void>; readonly saving: boolean; readonly error: ErrorData | undefined }

/** Writes the changed parameters into the pipeline file, whose comments and layout stay. */
export function useSaveRecipe(project: string, file: string, step: string, stored: RecipeParams, settle: () => void): Saving {
  const client = useClient()
  const queries = useQueryClient()
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<ErrorData>()
  return {
    saving,
    error,
    async save(params) {
      setSaving(true)
      setError(undefined)
      try {
        const { text, revision } = await client.call('pipelines.read', { project, file })
        let edited = text
        for (const { name, value } of changedParameters(stored, params)) {
          const change = value === undefined ? { kind: 'unset-param' as const, step, path: [name] } : { kind: 'set-param' as const, step, path: [name], value }
          edited = (await client.call('pipelines.edit', { project, file, text: edited, change })).text
        }
        await client.call('pipelines.save', { project, file, text: edited, basedOn: revision })
        settle()
        await queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => name === 'features.describe' || String(name).startsWith('pipelines.') })
        toast.success('The recipe is saved; the next run uses it')
      } catch (thrown) {
        setError(toErrorData(thrown))
      } finally {
        setSaving(false)
      }
    },
  }
}
