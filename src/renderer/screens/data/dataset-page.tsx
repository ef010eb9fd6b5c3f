import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Download, Plus } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { DatasetEntry } from '#shared/contract/datasets.ts'
import { useCommands } from '../../app/commands.ts'
import { useMethod } from '../../client/use-method.ts'
import { Later } from '../../components/later.tsx'
import { Page } from '../../components/page.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { cellText } from '../../components/cell-text.ts'
import { ColumnsTab } from './columns-tab.tsx'
import { DatasetHeading } from './dataset-heading.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { FindingsTab } from './findings-tab.tsx'
import { ReadingJobs } from './reading-jobs.tsx'
import { RetypeBar } from './retype-bar.tsx'
import { useRetyping } from './retyping.ts'
import type { GridSight } from './rows/data-grid.tsx'
import { useGridView } from './rows/grid-view.ts'
import { RowsBody } from './rows/rows-body.tsx'
import { RowsToolbar } from './rows/rows-toolbar.tsx'
import { useFind } from './rows/use-find.ts'
import { ColumnPane } from './side/column-pane.tsx'
import type { ShownDataset } from './use-dataset.ts'
import type { DataAddress } from './use-place.ts'
import { VersionsTab } from './versions-tab.tsx'

type DatasetPageProps = {
  readonly entries: readonly DatasetEntry[]
  readonly shown: ShownDataset
  readonly at: DataAddress
  go(next: DataAddress, replace?: boolean): void
  onAdd(): void
}

/** Name of the grid for the engine: what it asked of an earlier view is given up. */
const GRID = 'data'

/** A dataset version: its rows with a column beside them, its columns, versions and findings. */
export function DatasetPage({ entries, shown, at, go, onAdd }: DatasetPageProps): ReactElement {
  const { place, description, profile, findings, marked } = shown
  const { columns, rows, versions, dataset } = description
  const key = `${description.hash} ${dataset}`
  const [view, actions] = useGridView(key)
  const retyping = useRetyping(key)
  const [sight, setSight] = useState<GridSight>()
  const [failure, setFailure] = useState<unknown>()
  const [asked, setAsked] = useState<string>()
  const [exporting, setExporting] = useState(false)
  const [closed, setClosed] = useState(false)
  const tab = at.tab ?? 'rows'
  const order = { sort: [...view.sort], filter: [...view.filter] }
  const shownColumns = columns.filter(({ name }) => !view.hidden.has(name)).map(({ name }) => name)
  const find = useFind({ ...place, grid: GRID, order, columns: shownColumns }, () => Math.max(0, sight?.first ?? 0), setFailure)
  const selected = columns.find(({ name }) => name === at.column) ?? (closed ? undefined : columns.find(({ name }) => name === description.goal?.target) ?? columns.find(({ role }) => role === 'feature') ?? columns[0])
  const select = (column: string): void => {
    setClosed(false)
    if (column !== at.column) go({ ...at, column }, true)
  }
  const close = (): void => {
    setClosed(true)
    go({ ...at, column: undefined }, true)
  }
  const showTab = (next: string): void => go({ ...at, tab: next === 'rows' ? undefined : next })
  const total = sight?.total ?? (view.filter.length === 0 ? rows : null)
  useCommands([
    { id: 'data-find', title: 'Find in the rows', keys: 'mod+F', run: () => { if (tab !== 'rows') showTab('rows'); find.show(true) } },
    { id: 'data-filter', title: 'Filter the rows', keys: '/', run: () => { if (tab !== 'rows') showTab('rows'); setAsked(selected?.name ?? columns[0]?.name) } },
    { id: 'data-export', title: 'Export rows', run: () => setExporting(true) },
    { id: 'data-add', title: 'Add a source', run: onAdd },
  ])
  return (
    <Page
      title={cellText(dataset, 60)}
      sub={<DatasetHeading entries={entries} description={description} onGo={go} />}
      tabs={{
        current: tab,
        onChange: showTab,
        items: [
          { id: 'rows', label: 'Rows' },
          { id: 'columns', label: 'Columns', count: columns.length },
          { id: 'versions', label: 'Versions', count: versions.length },
          { id: 'findings', label: 'Findings', count: findings.length },
        ],
      }}
      actions={
        <>
          <Button variant="default" leftSection={<Plus size={14} />} onClick={onAdd}>Add source</Button>
          <Button variant="default" leftSection={<Download size={14} />} onClick={() => setExporting(true)}>Export</Button>
          <NextStep project={place.project} />
        </>
      }
      toolbar={tab === 'rows' ? <RowsToolbar place={place} columns={columns} rows={rows} total={total} view={view} actions={actions} find={find} asked={asked} onAsk={setAsked} /> : undefined}
      sideLabel="Column"
      side={tab !== 'rows' && tab !== 'columns' ? undefined : selected === undefined ? undefined : <Later key={selected.name} meanwhile={<TextSkeleton lines={8} />}><ColumnPane place={place} description={description} column={selected} findings={findings} retyping={retyping} onCondition={(condition) => { actions.setCondition(condition); if (tab !== 'rows') showTab('rows') }} onClose={close} /></Later>}
    >
      <ReadingJobs project={place.project} onRead={(read) => go({ dataset: read.dataset, version: read.version, tab: at.tab })} />
      <RetypeBar place={place} description={description} retyping={retyping} onStarted={retyping.clear} />
      {tab === 'rows' ? <RowsBody key={key} {...{ description, place, view, actions, find, sight, marked, failure }} grid={GRID} selected={selected?.name} onSelect={select} onSight={setSight} onFailure={setFailure} onFilterBy={setAsked} /> : undefined}
      {tab === 'columns' ? <ColumnsTab description={description} place={place} retyping={retyping} onSelect={select} /> : undefined}
      {tab === 'versions' ? <VersionsTab description={description} onOpen={(version) => go({ dataset, version })} /> : undefined}
      {tab === 'findings' ? <FindingsTab place={place} description={description} profile={profile} findings={findings} onColumn={(column) => go({ dataset, version: at.version, column })} /> : undefined}
      {exporting ? <ExportDialog place={place} order={order} columns={view.hidden.size === 0 ? undefined : shownColumns} rows={rows} left={total} onClose={() => setExporting(false)} /> : undefined}
    </Page>
  )
}

/** The way on from the data: the pipeline that prepares it, or a first model. */
function NextStep({ project }: { readonly project: string }): ReactElement {
  const summary = useMethod('projects.summary', { project })
  const pipeline = summary.data?.pipeline ?? null
  return pipeline === null ? <Button component={Link} to="/new">Train a model</Button> : <Button component={Link} to="/pipeline">Prepare</Button>
}
