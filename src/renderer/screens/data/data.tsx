import { Button } from '@mantine/core'
import { Table2 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { DatasetEntry } from '#shared/contract/datasets.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { FilePicker } from '../../components/file-picker/file-picker.tsx'
import { Later } from '../../components/later.tsx'
import { Page } from '../../components/page.tsx'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { DatasetPage } from './dataset-page.tsx'
import { DropZone } from './drop-zone.tsx'
import { ImportDialog } from './import/import-dialog.tsx'
import { ReadingJobs } from './reading-jobs.tsx'
import { useDataset } from './use-dataset.ts'
import { useDataAddress, type DataAddress } from './use-place.ts'
import styles from './data.module.css'

/** Datasets of the project: rows, columns, versions and findings, and files to read. */
export function DataScreen(): ReactElement {
  const project = useProject()
  const { at, go } = useDataAddress()
  const { data, error, refetch } = useMethod('datasets.list', { project })
  const [picking, setPicking] = useState(false)
  const [paths, setPaths] = useState<readonly string[]>()
  const add = (): void => setPicking(true)
  const entries = data?.datasets
  const newest = entries?.toSorted((a, b) => b.createdAt - a.createdAt)[0]
  return (
    <DropZone onFiles={setPaths}>
      {error === null ? undefined : <Page title="Data"><div className={styles['note']}><ErrorNote error={error} retry={() => refetch()} /></div></Page>}
      {entries === undefined && error === null ? <Page title="Data"><TableSkeleton rows={20} columns={8} /></Page> : undefined}
      {entries?.length === 0 ? <NoData project={project} onAdd={add} onRead={(read) => go(read)} /> : undefined}
      {entries === undefined || newest === undefined ? undefined : <OneDataset project={project} entries={entries} dataset={at.dataset ?? newest.dataset} at={at} go={go} onAdd={add} />}
      <FilePicker
        opened={picking}
        title="Choose files with data"
        show="data"
        several
        onClose={() => setPicking(false)}
        onChoose={(chosen) => {
          setPicking(false)
          setPaths(chosen)
        }}
      />
      {paths === undefined ? undefined : <ImportDialog key={paths.join('\n')} project={project} paths={paths} onClose={() => setPaths(undefined)} onStarted={() => setPaths(undefined)} />}
    </DropZone>
  )
}

type OneDatasetProps = { readonly project: string; readonly entries: readonly DatasetEntry[]; readonly dataset: string; readonly at: DataAddress; go(next: DataAddress, replace?: boolean): void; onAdd(): void }

function OneDataset({ project, entries, dataset, at, go, onAdd }: OneDatasetProps): ReactElement {
  const { shown, error, retry } = useDataset(project, dataset, at.dataset === undefined ? undefined : at.version)
  if (error !== null && error !== undefined) {
    return (
      <Page title="Data" actions={<Button variant="default" onClick={onAdd}>Add source</Button>}>
        <div className={styles['note']}>
          <ErrorNote error={error} retry={retry} actions={<Button variant="default" onClick={() => go({})}>Show the newest dataset</Button>} />
        </div>
      </Page>
    )
  }
  const waiting = <Page title={dataset}><TableSkeleton rows={20} columns={8} /></Page>
  if (shown === undefined) return waiting
  return (
    <Later meanwhile={waiting}>
      <DatasetPage entries={entries} shown={shown} at={at} go={go} onAdd={onAdd} />
    </Later>
  )
}

function NoData({ project, onAdd, onRead }: { readonly project: string; onAdd(): void; onRead(read: DataAddress): void }): ReactElement {
  return (
    <Page title="Data">
      <ReadingJobs project={project} onRead={onRead} />
      <EmptyState
        icon={Table2}
        title="Read a first file"
        text="Tables as CSV, Excel, JSON, Parquet or SQLite, of any size: Millrace finds out how they are written, guesses types and roles, and says what it found. Choose a file, or drop one here. It stays where it is; every reading becomes a version that never changes."
        action={<Button onClick={onAdd}>Choose files</Button>}
        command="millrace import data.csv"
      />
    </Page>
  )
}
