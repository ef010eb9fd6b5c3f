import { useState } from 'react'
import type { RunsDeletion } from '#shared/domain/run.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { confirmDeletion } from '../../components/confirm.tsx'
import { formatBytes, plural } from '../../components/format.ts'
import { toast } from '../../components/toast.tsx'

/** Names listed at most; the count says the rest. */
const NAMED = 12

function partsOf({ removed, artifactsRemoved }: RunsDeletion, one: boolean): readonly { readonly label: string }[] {
  const named = removed.slice(0, NAMED).map((label) => ({ label }))
  const more = removed.length - named.length
  return [...named, ...(more > 0 ? [{ label: `and ${String(more)} more` }] : []), { label: `${plural(artifactsRemoved, 'file set')} of ${one ? 'its steps, and its log' : 'their steps, and their logs'}` }]
}

/** Deletes runs after saying what that frees and what is kept; gives whether they are gone. */
export function useDeleteRuns(): { readonly deleting: boolean; remove(runs: readonly string[]): Promise<boolean> } {
  const client = useClient()
  const project = useProject()
  const [deleting, setDeleting] = useState(false)
  const remove = async (runs: readonly string[]): Promise<boolean> => {
    setDeleting(true)
    try {
      const wanted = [...runs]
      const preview = await client.call('runs.previewDeletion', { project, runs: wanted })
      const what = plural(runs.length, 'run')
      const agreed = await confirmDeletion({
        title: runs.length === 1 ? `Delete run ${runs[0] ?? ''}?` : `Delete ${what}?`,
        text: 'This cannot be undone.',
        parts: partsOf(preview, runs.length === 1),
        kept: preview.kept.map((sentence) => `Kept: ${sentence}`),
        confirm: `Delete ${what}, free ${formatBytes(preview.bytesFreed)}`,
      })
      if (!agreed) return false
      const { bytesFreed } = await client.call('runs.delete', { project, runs: wanted })
      toast.success(`${what} deleted, ${formatBytes(bytesFreed)} freed`)
      return true
    } catch (error) {
      toast.failure(error)
      return false
    } finally {
      setDeleting(false)
    }
  }
  return { deleting, remove }
}
