import { useMemo } from 'react'
import type { DatasetDescription, ProfileHead } from '#shared/contract/datasets.ts'
import { useMethod } from '../../client/use-method.ts'
import type { DatasetPlace } from './column-summaries.ts'
import { findingsOf, markedColumns, type ShownFinding } from './findings.ts'

/** What a screen shows of a dataset version. */
export type ShownDataset = {
  readonly place: DatasetPlace
  readonly description: DatasetDescription
  /** Null: none was made; undefined: not known yet. */
  readonly profile: ProfileHead | null | undefined
  readonly findings: readonly ShownFinding[]
  readonly marked: ReturnType<typeof markedColumns>
}

/** The dataset version with what was found about it; undefined while it is read. */
export function useDataset(project: string, dataset: string, version: number | undefined): { readonly shown: ShownDataset | undefined; readonly error: unknown; retry(): unknown } {
  const described = useMethod('datasets.describe', { project, dataset, ...(version === undefined ? {} : { version }) }, { keepPrevious: true })
  const description = described.data
  const [name, number] = [description?.dataset, description?.version]
  const place = useMemo((): DatasetPlace | undefined => (name === undefined || number === undefined ? undefined : { project, dataset: name, version: number }), [project, name, number])
  const stored = useMethod('datasets.storedProfile', { project, dataset, version: description?.version ?? 1 }, { enabled: description !== undefined })
  const profile = stored.data?.profile
  const findings = useMemo(() => (description === undefined ? [] : findingsOf(description, profile)), [description, profile])
  const marked = useMemo(() => markedColumns(findings), [findings])
  return {
    shown: description === undefined || place === undefined ? undefined : { place, description, profile, findings, marked },
    error: described.error,
    retry: described.refetch,
  }
}
