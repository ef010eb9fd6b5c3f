import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Rocket, Trash2, Undo2 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { DeploymentEntry } from '#shared/contract/deployments.ts'
import { useCommands } from '../../app/commands.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { confirm, confirmDeletion } from '../../components/confirm.tsx'
import { DeployDialog } from '../../components/deploy-dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Note } from '../../components/note.tsx'
import { Page } from '../../components/page.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { Tag } from '../../components/tag.tsx'
import { toast } from '../../components/toast.tsx'
import { HistoryTable } from './history-table.tsx'
import { ScoreFile } from './score-file.tsx'
import { ServingCard } from './serving-card.tsx'
import { SlotList } from './slot-list.tsx'
import { TryPane } from './try-pane.tsx'
import styles from './deployments.module.css'

/** Which model a dialog asks about: a new deployment, another model for this one, or none. */
type Dialog = 'new' | 'other' | undefined

/** Named slots that serve models: what each serves and served, a form to try it, and a file to predict. */
export function DeploymentsScreen(): ReactElement {
  const project = useProject()
  const navigate = useNavigate()
  const { deployment: wanted }: { readonly deployment?: string | undefined } = useSearch({ strict: false })
  const { data, error, refetch } = useMethod('deployments.list', { project })
  const [dialog, setDialog] = useState<Dialog>()
  const all = data?.deployments
  const current = all?.find(({ name }) => name === wanted) ?? all?.[0]
  useCommands([{ id: 'deployments.new', title: 'Deploy a model', run: () => setDialog('new') }])
  const dialogs = (
    <DeployDialog
      opened={dialog !== undefined}
      deployment={dialog === 'other' ? current?.name : undefined}
      onClose={() => setDialog(undefined)}
      onDeployed={(deployment) => {
        setDialog(undefined)
        void navigate({ to: '/deployments', search: { deployment } })
      }}
    />
  )
  if (error !== null) return <Page title="Deployments"><div className={styles['padded']}><ErrorNote error={error} retry={() => refetch()} /></div></Page>
  if (all === undefined) return <Page title="Deployments"><TextSkeleton lines={8} /></Page>
  if (current === undefined) {
    return (
      <Page title="Deployments">
        <EmptyState
          icon={Rocket}
          title="Nothing is deployed"
          text="A deployment is a name that serves a model: predictions are asked for by that name, whichever model stands behind it, and an earlier one is back with one step."
          action={<Button onClick={() => setDialog('new')}>Deploy a model</Button>}
          command="{ id: deploy, uses: deploy/local, with: { name: churn }, needs: [train] }"
        />
        {dialogs}
      </Page>
    )
  }
  return (
    <>
      <DeploymentPage current={current} all={all} wanted={wanted} onNew={() => setDialog('new')} onOther={() => setDialog('other')} />
      {dialogs}
    </>
  )
}

function DeploymentPage({ current, all, wanted, onNew, onOther }: { readonly current: DeploymentEntry; readonly all: readonly DeploymentEntry[]; readonly wanted: string | undefined; onNew(): void; onOther(): void }): ReactElement {
  const project = useProject()
  const client = useClient()
  const { name, previous, serves } = current
  const { data, error, refetch } = useMethod('deployments.show', { project, deployment: name })
  const rollBack = async (): Promise<void> => {
    if (previous === null || !(await confirm({ title: `Roll ${name} back?`, text: `It serves ${serves.model} now, and would serve ${previous} again. Both stay; it can be rolled forward the same way.`, confirm: `Roll back to ${previous}` }))) return
    try {
      await client.call('deployments.rollback', { project, deployment: name })
      toast.success(`${name} serves ${previous} again`)
    } catch (thrown) {
      toast.failure(thrown)
    }
  }
  const remove = async (): Promise<void> => {
    if (!(await confirmDeletion({ title: `Remove the deployment ${name}?`, text: 'Commands that name it will say that it is not there.', kept: [`Kept: the model ${serves.model}, and the history of this deployment`], confirm: `Remove deployment ${name}` }))) return
    try {
      await client.call('deployments.remove', { project, deployment: name })
      toast.undo(`${name} removed`, () => client.call('deployments.deploy', { project, deployment: name, model: serves.model }).catch(toast.failure))
    } catch (thrown) {
      toast.failure(thrown)
    }
  }
  useCommands([
    { id: 'deployments.rollback', title: `Roll ${name} back`, disabled: previous === null, run: rollBack },
    { id: 'deployments.other', title: `Deploy another model as ${name}`, run: onOther },
    { id: 'deployments.remove', title: `Remove the deployment ${name}`, run: remove },
  ])
  return (
    <Page
      title={name}
      sub={<Tag tone="success">serving</Tag>}
      actions={
        <>
          <Button variant="default" leftSection={<Trash2 size={15} />} onClick={() => void remove()}>Remove</Button>
          {previous === null ? undefined : <Button variant="default" leftSection={<Undo2 size={15} />} onClick={() => void rollBack()}>Roll back to {previous}</Button>}
          <Button leftSection={<Rocket size={15} />} onClick={onOther}>Deploy another model</Button>
        </>
      }
      side={<TryPane key={name} deployment={name} model={serves.hash} target={serves.target} />}
      sideLabel="Try a prediction"
    >
      <div className={styles['columns']}>
        <SlotList deployments={all} current={name} onNew={onNew} />
        <div className={styles['main']}>
          {wanted !== undefined && wanted !== name ? <Note tone="warning">There is no deployment {wanted}; {name} is shown instead.</Note> : undefined}
          {error === null ? undefined : <ErrorNote error={error} retry={() => refetch()} />}
          <ServingCard deployment={current} />
          {data === undefined ? <TextSkeleton lines={4} /> : <HistoryTable history={data.history} />}
          <ScoreFile key={name} deployment={name} />
        </div>
      </div>
    </Page>
  )
}
