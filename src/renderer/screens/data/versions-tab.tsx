import { Link } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'
import type { DatasetDescription } from '#shared/contract/datasets.ts'
import { cellText } from '../../components/cell-text.ts'
import { formatBytes, formatCount, formatMoment } from '../../components/format.ts'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'

type Version = DatasetDescription['versions'][number]

/** Versions of a dataset, the newest first, with what each changed; a row opens it. */
export function VersionsTab({ description, onOpen }: { readonly description: DatasetDescription; onOpen(version: number): void }): ReactElement {
  const { versions, version, dataset } = description
  const oldest = versions.at(-1)?.version
  const columns = useMemo(() => tableColumns(oldest), [oldest])
  return <DataTable name="Versions" rows={versions} columns={columns} rowId={(one) => String(one.version)} selected={[String(version)]} onRow={(one) => onOpen(one.version)} saveAs={`${dataset} versions`} />
}

function tableColumns(oldest: number | undefined): readonly TableColumn<Version>[] {
  return [
    { id: 'version', title: 'Version', kind: 'number', value: (one) => one.version, format: (number) => `v${String(number)}`, width: 84 },
    { id: 'when', title: 'Read', kind: 'number', value: ({ createdAt }) => createdAt, format: (at) => formatMoment(at), width: 124 },
    { id: 'changes', title: 'What changed', value: (one) => changeWords(one, oldest), grow: 4 },
    { id: 'rows', title: 'Rows', kind: 'number', value: ({ rows }) => rows, format: formatCount, width: 96 },
    { id: 'columns', title: 'Columns', kind: 'number', value: (one) => one.columns, format: formatCount, width: 92 },
    { id: 'bytes', title: 'On disk', kind: 'number', value: ({ bytes }) => bytes, format: formatBytes, width: 92 },
    { id: 'source', title: 'From', value: ({ source }) => source, grow: 2, wide: true },
    { id: 'run', title: 'Run', value: ({ run }) => run, show: ({ run }) => (run === null ? '–' : <Link to="/experiments" search={{ runs: run }}>{run}</Link>), width: 84, wide: true },
  ]
}

function changeWords({ version, changes }: Version, oldest: number | undefined): string {
  if (version === oldest) return 'the first version'
  return changes.length === 0 ? 'cells only: same rows, columns and counts' : cellText(changes.join(' · '), 600)
}
