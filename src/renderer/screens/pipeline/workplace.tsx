import { useState, type ReactElement, type ReactNode } from 'react'
import type { PipelineEntry } from '#shared/contract/pipelines.ts'
import type { PipelineFinding } from '#shared/domain/pipeline-outline.ts'
import { useCommands } from '../../app/commands.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { Later } from '../../components/later.tsx'
import { Page } from '../../components/page.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { SplitPane } from '../../components/split-pane.tsx'
import { Remarks } from './document/remarks.tsx'
import { AddStep } from './graph/add-step.tsx'
import { PipelineGraph } from './graph/pipeline-graph.tsx'
import { HeadActions, HeadSub } from './head.tsx'
import { Side } from './side.tsx'
import { useView } from './use-view.ts'
import { useWorkplace, type WorkplaceState } from './use-workplace.ts'
import { YamlPane } from './yaml/yaml-pane.tsx'
import styles from './pipeline.module.css'

type WorkplaceProps = {
  readonly file: string
  readonly entry: PipelineEntry | undefined
  readonly pipelines: readonly PipelineEntry[]
  readonly step: string | undefined
  onStep(step: string | undefined): void
  onFile(file: string): void
  onNew(): void
}

/** One pipeline file: graph, text and inspector over the same document. */
export function Workplace({ file, entry, pipelines, step: selected, onStep, onFile, onNew }: WorkplaceProps): ReactElement {
  const { view, narrow, setView } = useView()
  const [dryRun, setDryRun] = useState(false)
  const [adding, setAdding] = useState(false)
  const workplace = useWorkplace({ file, entry, selected, dryRun, onStep })
  const { state, unsaved, unreadable, step, shown, actions, kinds } = workplace
  usePipelineCommands(workplace, { onDryRun: () => setDryRun(true), onNew })
  if (state.document === undefined) return <Page title={entry?.name ?? 'Pipeline'}>{unreadable === undefined ? <TextSkeleton lines={8} /> : <ErrorNote error={unreadable} />}</Page>

  const toFinding = (finding: PipelineFinding): void => {
    if (finding.step !== null) onStep(finding.step)
    if (view === 'graph') setView(narrow ? 'yaml' : 'split')
  }
  const remarks = <Remarks state={state} shown={shown} selected={step?.id} onTakeTheirs={workplace.session.takeTheirs} onKeepMine={workplace.session.keepMine} onStep={(id) => onStep(workplace.steps.find((one) => one.id === id)?.key)} />
  const graph = <GraphHalf workplace={workplace} remark={remarks} dryRun={dryRun} onStep={onStep} onAdd={() => setAdding(true)} />
  const text = <TextHalf workplace={workplace} remark={view === 'yaml' ? remarks : undefined} file={file} onStep={onStep} onFinding={toFinding} />
  return (
    <Page
      title={cut(state.outline?.name ?? entry?.name ?? file)}
      sub={<HeadSub shown={shown} entry={entry} file={file} pipelines={pipelines} unsaved={unsaved} onFile={onFile} onNew={onNew} />}
      actions={
        <HeadActions
          view={view}
          narrow={narrow}
          shown={shown}
          unsaved={unsaved}
          valid={state.valid}
          starting={actions.starting}
          dryRun={dryRun}
          onView={setView}
          onSave={() => void actions.save()}
          onDryRun={() => setDryRun(!dryRun)}
          onCancel={() => void actions.cancel()}
          onRun={() => void actions.run()}
        />
      }
      side={<Side workplace={workplace} dryRun={dryRun} onStep={onStep} onFinding={toFinding} onCloseDryRun={() => setDryRun(false)} />}
      sideLabel={dryRun ? 'Dry run' : 'Step'}
    >
      {view === 'graph' ? (
        graph
      ) : view === 'yaml' ? (
        text
      ) : (
        <div className={styles['halves']}>
          <SplitPane name="pipeline-yaml" work={graph} side={text} sideLabel="YAML" />
        </div>
      )}
      <AddStep
        opened={adding}
        kinds={kinds?.kinds ?? []}
        after={step?.id}
        onClose={() => setAdding(false)}
        onAdd={(uses) => {
          setAdding(false)
          void actions.change({ kind: 'add-step', uses, after: step?.key ?? null, params: {} })
        }}
      />
    </Page>
  )
}

/** Longer names leave no room in the head. */
const longestTitle = 48

function cut(name: string): string {
  return name.length > longestTitle ? `${name.slice(0, longestTitle - 1)}…` : name
}

function usePipelineCommands({ session, state, shown, actions }: WorkplaceState, { onDryRun, onNew }: { onDryRun(): void; onNew(): void }): void {
  const { document, valid } = state
  useCommands([
    { id: 'undo', title: 'Undo', keys: 'mod+Z', group: 'Pipeline', disabled: (document?.past.length ?? 0) === 0, run: session.undo },
    { id: 'redo', title: 'Redo', keys: 'mod+Shift+Z', group: 'Pipeline', disabled: (document?.future.length ?? 0) === 0, run: session.redo },
    { id: 'pipeline.save', title: 'Save the pipeline', keys: 'mod+S', group: 'Pipeline', run: () => void actions.save() },
    { id: 'pipeline.run', title: 'Run the pipeline', keys: 'mod+Enter', group: 'Pipeline', disabled: !valid || shown.active, run: () => void actions.run() },
    { id: 'pipeline.dry-run', title: 'Show what a run would do', group: 'Pipeline', disabled: !valid, run: onDryRun },
    { id: 'pipeline.new', title: 'Make a new pipeline', group: 'Pipeline', run: onNew },
  ])
}

function GraphHalf({ workplace, remark, dryRun, onStep, onAdd }: { readonly workplace: WorkplaceState; readonly remark: ReactNode; readonly dryRun: boolean; onStep(step: string | undefined): void; onAdd(): void }): ReactElement {
  const { state, steps, step, shown, actions, forecast } = workplace
  const connect = (source: string, target: string, joined: boolean): void => {
    const giver = steps.find(({ key }) => key === source)
    const taker = steps.find(({ key }) => key === target)
    if (giver === undefined || taker === undefined || giver.id === '') return
    const needs = joined ? [...new Set([...taker.needs, giver.id])] : taker.needs.filter((id) => id !== giver.id)
    void actions.change({ kind: 'set-needs', step: target, needs })
  }
  return (
    <Later>
      <PipelineGraph
        steps={steps}
        states={shown.states}
        findings={state.findings}
        forecast={dryRun ? forecast?.steps : undefined}
        selected={step?.key}
        editable={!state.stale}
        remark={remark}
        onSelect={onStep}
        onConnect={(source, target) => connect(source, target, true)}
        onDisconnect={(source, target) => connect(source, target, false)}
        onRemove={(key) => void actions.remove(key)}
        onAdd={onAdd}
      />
    </Later>
  )
}

function TextHalf({ workplace, remark, file, onStep, onFinding }: { readonly workplace: WorkplaceState; readonly remark: ReactNode; readonly file: string; onStep(step: string | undefined): void; onFinding(finding: PipelineFinding): void }): ReactElement {
  const { session, state, unsaved, steps, step } = workplace
  const { document, findings, stale, checkedText } = state
  return (
    <YamlPane
      file={file}
      text={document?.text ?? ''}
      unsaved={unsaved}
      checked={checkedText === document?.text}
      findings={findings}
      remark={remark}
      selected={stale ? undefined : step?.lines}
      onChange={session.type}
      onLine={(line) => onStep(steps.find(({ lines }) => lines.from <= line && line <= lines.to)?.key)}
      onFinding={onFinding}
    />
  )
}
