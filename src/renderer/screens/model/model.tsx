import { Button, Menu, Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Box, ChevronDown, Download, Rocket, Star } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import { modelExportSchema, type ModelEntry, type ModelExport } from '#shared/contract/models.ts'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { useCommands } from '../../app/commands.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { DeployDialog } from '../../components/deploy-dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Page } from '../../components/page.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { Tag } from '../../components/tag.tsx'
import { CardTab } from './card-tab.tsx'
import { EXPORTS, ExportDialog } from './export-dialog.tsx'
import { ImportanceTab } from './importance-tab.tsx'
import { QualityTab } from './quality/quality-tab.tsx'
import { ThresholdPane } from './quality/threshold-pane.tsx'
import { pointAt, thresholdsOf, USUAL_THRESHOLD } from './quality/threshold-points.ts'
import { useCosts } from './quality/use-costs.ts'
import { SamplesTab } from './samples-tab.tsx'
import { SlicesTab } from './slices-tab.tsx'
import { modelId, useShownModel } from './use-shown-model.ts'
import { WhatIfTab } from './what-if-tab.tsx'
import styles from './model.module.css'

const TABS = [
  { id: 'quality', label: 'Quality' },
  { id: 'importance', label: 'Importance' },
  { id: 'slices', label: 'Slices' },
  { id: 'what-if', label: 'What if' },
  { id: 'samples', label: 'Samples' },
  { id: 'card', label: 'Card' },
] as const

type TabId = (typeof TABS)[number]['id']

function tabOf(text: string | undefined): TabId {
  return TABS.find(({ id }) => id === text)?.id ?? 'quality'
}

/** A trained model: how well it does and where not, what matters to it, and what it says of single rows. */
export function ModelScreen(): ReactElement {
  const { entry, run, looking, error, nothing } = useShownModel()
  const navigate = useNavigate()
  if (error !== null) return <Page title="Model"><div className={styles['padded']}><ErrorNote error={error} actions={<Button variant="default" onClick={() => void navigate({ to: '/model', search: {} })}>Show the newest model</Button>} /></div></Page>
  if (nothing !== undefined) {
    return (
      <Page title="Model">
        <EmptyState
          icon={Box}
          title={nothing}
          text="A model is shown here with its scores and their doubt, the rows where it is weak, what matters to it, and a form to ask it about single rows."
          action={<Button onClick={() => void navigate({ to: '/experiments', search: {} })}>Look at the experiments</Button>}
          command="millrace models"
        />
      </Page>
    )
  }
  if (looking || entry === undefined) return <Page title="Model"><TextSkeleton lines={8} /></Page>
  return <ModelPage entry={entry} run={run} />
}

function ModelPage({ entry, run }: { readonly entry: ModelEntry; readonly run: string | undefined }): ReactElement {
  const project = useProject()
  const navigate = useNavigate()
  const { tab: wanted }: { readonly tab?: string | undefined } = useSearch({ strict: false })
  const tab = tabOf(wanted)
  const model = modelId(entry)
  const { data, error, refetch } = useMethod('runs.report', { project, run: run ?? '' }, { enabled: run !== undefined })
  const report = data?.report ?? undefined
  const go = (next: string): void => void navigate({ to: '/model', search: { ...(run === undefined ? { model } : { run }), ...(next === 'quality' ? {} : { tab: next }) }, replace: true })
  const thresholds = useMemo(() => (report === undefined ? undefined : thresholdsOf(report.detail)), [report])
  const [threshold, setThreshold] = useState(USUAL_THRESHOLD)
  const [costs, setCosts] = useCosts(project, entry.target)
  const chosen = useMemo(() => (thresholds === undefined ? undefined : pointAt(thresholds, threshold)), [thresholds, threshold])
  const side = tab === 'quality' && thresholds !== undefined ? { side: <ThresholdPane thresholds={thresholds} threshold={threshold} costs={costs} onThreshold={setThreshold} onCosts={setCosts} />, sideLabel: 'Threshold and costs' } : {}
  const byReport = tab === 'quality' || tab === 'slices'
  return (
    <Page
      title={`${entry.name} v${String(entry.version)}`}
      sub={
        <span className={styles['tags']}>
          {run === undefined ? undefined : <Tag>{run}</Tag>}
          {entry.deployments.map((slot) => <Tag key={slot} tone="accent" icon={<Star size={11} />}>{slot}</Tag>)}
        </span>
      }
      tabs={{ items: TABS.map((item) => item), current: tab, onChange: go }}
      actions={<Actions model={model} run={run} report={report} />}
      {...side}
    >
      {error === null ? undefined : <div className={styles['padded']}><ErrorNote error={error} retry={() => refetch()} /></div>}
      {byReport && (run === undefined || data?.report === null) ? (
        <EmptyState icon={Box} title="This model was not evaluated" text="A step evaluate/report holds the model against rows that it has never seen. Add one to the pipeline and run it again; what is done already is reused." command="{ id: evaluate, uses: evaluate/report, needs: [train, split] }" />
      ) : undefined}
      {byReport && run !== undefined && data === undefined && error === null ? <TextSkeleton lines={10} /> : undefined}
      {tab === 'quality' && report !== undefined ? <QualityTab report={report} chosen={chosen} /> : undefined}
      {tab === 'slices' && report !== undefined ? <SlicesTab report={report} /> : undefined}
      {tab === 'importance' ? <ImportanceTab model={model} report={report} /> : undefined}
      {tab === 'what-if' ? <WhatIfTab key={model} model={model} target={entry.target} /> : undefined}
      {tab === 'samples' ? <SamplesTab model={model} run={run} /> : undefined}
      {tab === 'card' ? <CardTab model={model} run={run} /> : undefined}
    </Page>
  )
}

function Actions({ model, run, report }: { readonly model: string; readonly run: string | undefined; readonly report: EvaluationReport | undefined }): ReactElement {
  const project = useProject()
  const navigate = useNavigate()
  const [format, setFormat] = useState<ModelExport>()
  const [deploying, setDeploying] = useState(false)
  const { data } = useMethod('models.list', { project })
  const formats = modelExportSchema.options.filter((one) => one !== 'report' || report !== undefined)
  useCommands([
    { id: 'model.deploy', title: `Deploy ${model}`, run: () => setDeploying(true) },
    ...formats.map((one) => ({ id: `model.export.${one}`, title: `Export: ${EXPORTS[one].title.toLowerCase()}`, run: () => setFormat(one) })),
  ])
  return (
    <>
      <Select
        aria-label="Model"
        data={(data?.models ?? []).map(modelId)}
        value={model}
        searchable
        allowDeselect={false}
        onChange={(next) => {
          if (next !== null && next !== model) void navigate({ to: '/model', search: { model: next } })
        }}
        w={130}
        comboboxProps={{ width: 200, position: 'bottom-end' }}
      />
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="default" leftSection={<Download size={15} />} rightSection={<ChevronDown size={14} />}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((one) => (
            <Menu.Item key={one} onClick={() => setFormat(one)}>{EXPORTS[one].title}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button leftSection={<Rocket size={15} />} onClick={() => setDeploying(true)}>Deploy</Button>
      <ExportDialog format={format} model={model} run={run} onClose={() => setFormat(undefined)} />
      <DeployDialog
        opened={deploying}
        model={model}
        onClose={() => setDeploying(false)}
        onDeployed={(deployment) => {
          setDeploying(false)
          void navigate({ to: '/deployments', search: { deployment } })
        }}
      />
    </>
  )
}
