import { Autocomplete, Button, Modal, Select } from '@mantine/core'
import { Rocket } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useProject } from '../app/project.ts'
import { useClient } from '../client/client-context.tsx'
import { useMethod } from '../client/use-method.ts'
import { ErrorNote } from './error-note.tsx'
import { formatScore } from './format.ts'
import { Note } from './note.tsx'
import { toast } from './toast.tsx'
import styles from './deploy-dialog.module.css'

/** What is fixed, and what the user chooses: a model for a deployment, a deployment for a model, or both. */
export type DeployDialogProps = {
  readonly opened: boolean
  /** `name@version`. */
  readonly model?: string | undefined
  readonly deployment?: string | undefined
  onClose(): void
  onDeployed(deployment: string): void
}

/** Asks which model a deployment shall serve, and says what it serves now. */
export function DeployDialog(props: DeployDialogProps): ReactElement {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.model === undefined ? 'Deploy a model' : `Deploy ${props.model}`} size={440}>
      {props.opened ? <DeployForm {...props} /> : undefined}
    </Modal>
  )
}

function DeployForm({ model, deployment, onClose, onDeployed }: DeployDialogProps): ReactElement {
  const project = useProject()
  const client = useClient()
  const [name, setName] = useState(deployment ?? '')
  const [chosen, setChosen] = useState(model ?? '')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const slots = useMethod('deployments.list', { project })
  const models = useMethod('models.list', { project }, { enabled: model === undefined })
  const taken = slots.data?.deployments.find((one) => one.name === name)
  const deploy = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await client.call('deployments.deploy', { project, deployment: name, model: chosen })
      toast.success(`${chosen} is deployed as ${name}`)
      onDeployed(name)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void deploy()
      }}
    >
      {model === undefined ? (
        <Select
          label="Model"
          searchable
          data={(models.data?.models ?? []).map(({ name: own, version, validation, estimator }) => ({ value: `${own}@${String(version)}`, label: `${own}@${String(version)} · ${estimator}${validation === null ? '' : ` · ${formatScore(validation.mean)}`}` }))}
          value={chosen === '' ? null : chosen}
          onChange={(value) => setChosen(value ?? '')}
          data-autofocus
        />
      ) : undefined}
      <Autocomplete label="Deployment" description="A name for commands and predictions; one that is there gets the new model" data={(slots.data?.deployments ?? []).map((one) => one.name)} value={name} onChange={setName} disabled={deployment !== undefined} spellCheck={false} {...(model === undefined ? {} : { 'data-autofocus': true })} />
      {taken === undefined ? undefined : taken.serves.model === chosen ? (
        <Note>{name} serves {chosen} already.</Note>
      ) : (
        <Note>{name} serves {taken.serves.model} now. It can be rolled back to it.</Note>
      )}
      {error === undefined ? undefined : <ErrorNote error={error} />}
      <div className={styles['actions']}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" leftSection={<Rocket size={14} />} loading={busy} disabled={name === '' || chosen === ''}>Deploy{chosen === '' ? ' model' : ` ${chosen}`}</Button>
      </div>
    </form>
  )
}
